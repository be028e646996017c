namespace Boreal.Registry.Storage;

/// <summary>Holds a data folder for one registry. The kernel lets go when the process ends, however it ends.</summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="IOException">The folder is another registry's.</exception>
    public DataLock(string root)
    {
        Directory.CreateDirectory(root);
        try
        {
            // FileShare.None is an advisory lock on the whole file, see flock(2).
            _file = new FileStream(Path.Combine(root, "registry.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new IOException($"another registry uses {root}: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
