using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Hosting;

/// <summary>Holds both roots for one daemon. The kernel lets go when the process ends, however it ends.</summary>
internal sealed class RootsLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<FileStream> _held = [];

    /// <summary>A killed predecessor may hold them for a moment yet, through a child that has not come to its exec.</summary>
    /// <exception cref="ConfigurationException">They are another daemon's.</exception>
    public static async Task<RootsLock> TakeAsync(DaemonOptions options, TimeProvider time)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Take(options);
            }
            catch (ConfigurationException e) when (e.InnerException is IOException && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, time);
            }
        }
    }

    internal static RootsLock Take(DaemonOptions options)
    {
        var roots = new RootsLock();
        try
        {
            foreach (var root in new[] { options.DataRoot, options.ExecRoot }.Distinct())
            {
                Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
                roots.Hold(Path.Combine(root, "boreald.lock"), root);
            }
            return roots;
        }
        catch
        {
            roots.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.ForEach(file => file.Dispose());

    private void Hold(string path, string root)
    {
        try
        {
            // FileShare.None is an advisory lock on the whole file, see flock(2).
            _held.Add(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ConfigurationException($"cannot use {root}: {e.Message} (boreald needs root)", e);
        }
        catch (IOException e)
        {
            throw new ConfigurationException($"another boreald uses {root}: stop it, or give this one roots of its own with --data-root and --exec-root", e);
        }
    }
}
