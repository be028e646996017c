namespace Boreal.Engine.Logs;

/// <summary>The generations of a log under their changing names: path, path.1, path.2, ... from new to old.</summary>
internal sealed class LogGenerations(string path, ILogFormat format)
{
    /// <summary>Opens all there are, oldest first. What is renamed meanwhile is met again under its next name and left out.</summary>
    internal List<LogFile> OpenAll()
    {
        var files = new List<LogFile>();
        for (var generation = 0; generation < LogFiles.GenerationLimit; generation++)
        {
            if (Open(generation) is not { } file)
            {
                // In the middle of a rotation the newest is missing for a moment.
                if (generation == 0) continue;
                break;
            }

            if (files.Exists(known => known.Identity == file.Identity)) file.Dispose();
            else files.Insert(0, file);
        }

        return files;
    }

    /// <summary>The generation after <paramref name="current"/>; null while that is the newest.</summary>
    internal LogFile? OpenNext(LogFile? current)
    {
        LogFile? newer = null;
        for (var generation = 0; generation < LogFiles.GenerationLimit; generation++)
        {
            if (Open(generation) is not { } file)
            {
                if (generation == 0) continue;
                break;
            }

            if (file.Identity == current?.Identity)
            {
                file.Dispose();
                return newer;
            }

            newer?.Dispose();
            newer = file;
        }

        // The current one has been rotated away altogether: the oldest left is the next.
        return newer;
    }

    private LogFile? Open(int generation) => LogFile.TryOpen(generation == 0 ? path : $"{path}.{generation}", format);
}
