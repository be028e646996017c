using System.Globalization;
using Boreal.Engine.Events;

namespace Boreal.Engine.Volumes;

/// <summary>Announces what happens to volumes, with Docker's attributes.</summary>
public sealed class VolumeEvents(EventLog log)
{
    public void Publish(Volume volume, string action) => log.Publish("volume", action, volume.Name, new Dictionary<string, string> { ["driver"] = volume.Spec.Driver });

    public void PublishPrune(long reclaimed) =>
        log.Publish("volume", "prune", "", new Dictionary<string, string> { ["reclaimed"] = reclaimed.ToString(CultureInfo.InvariantCulture) });
}
