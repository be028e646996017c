using Boreal.Engine.Errors;

namespace Boreal.Engine.Volumes;

/// <summary>Removes all volumes that no container has and that pass a filter; never those with options, whose content is elsewhere.</summary>
public sealed class VolumePruner(VolumeStore volumes, VolumeEvents events)
{
    private int _running;

    /// <exception cref="EngineException">Conflict: another prune runs.</exception>
    public PrunedVolumes Prune(Predicate<Volume> filter, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) != 0)
            throw new EngineException(ErrorKind.Conflict, "a prune operation is already running");
        try
        {
            var removed = new List<string>();
            long reclaimed = 0;
            foreach (var volume in volumes.List().Where(volume => volume.Users.Count == 0 && !volume.NeedsMount && filter(volume)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var size = VolumeSizes.Measure(volume);
                if (!volumes.TryRemove(volume))
                    continue;
                removed.Add(volume.Name);
                reclaimed += size;
            }

            events.PublishPrune(reclaimed);
            return new PrunedVolumes(removed, reclaimed);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
