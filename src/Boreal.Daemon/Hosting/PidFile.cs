namespace Boreal.Daemon.Hosting;

/// <summary>The process id for scripts, removed at the end. That only one daemon runs is the lock's work, not the file's.</summary>
internal sealed class PidFile : IDisposable
{
    private readonly string _path;

    public PidFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        File.WriteAllText(path, $"{Environment.ProcessId}\n");
    }

    public void Dispose() => File.Delete(_path);
}
