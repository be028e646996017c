namespace Boreal.Tests.TestKit.Machine;

/// <summary>A directory of the test's own, removed at the end. Its path is short: unix socket paths end at 108 bytes.</summary>
public sealed class TemporaryDirectory(string? parent = null) : IDisposable
{
    private static int _created;

    public string Path { get; } = parent is null
        ? Directory.CreateTempSubdirectory("bt").FullName
        : Directory.CreateDirectory(System.IO.Path.Combine(parent, $"bt{Environment.ProcessId}-{Interlocked.Increment(ref _created)}")).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
