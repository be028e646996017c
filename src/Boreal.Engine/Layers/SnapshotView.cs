namespace Boreal.Engine.Layers;

/// <summary>A container's merged file system, mounted for as long as this is held.</summary>
public sealed class SnapshotView : IDisposable
{
    private readonly Action _release;
    private int _released;

    internal SnapshotView(string path, Action release)
    {
        Path = path;
        _release = release;
    }

    public string Path { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            _release();
    }
}
