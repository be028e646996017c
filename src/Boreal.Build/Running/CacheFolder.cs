namespace Boreal.Build.Running;

/// <summary>A cache mount's folder, until it is disposed of.</summary>
internal sealed class CacheFolder(string path, Action release) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose() => release();
}
