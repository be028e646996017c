using Boreal.Build.Builds;
using Boreal.BuildWire.Protocol.Types;

namespace Boreal.Build.Gateway;

/// <summary>The builder as clients see it: a worker.</summary>
internal static class WorkerView
{
    public static WorkerRecord Of(BuilderDescription builder)
    {
        var record = new WorkerRecord { ID = builder.Id, BuildkitVersion = VersionOf(builder) };
        record.Labels.Add(builder.Labels.ToDictionary());
        record.Platforms.Add(builder.Platforms.Select(ToPlatform));
        record.GCPolicy.Add(builder.Rules.Select(ToPolicy));
        return record;
    }

    public static BuildkitVersion VersionOf(BuilderDescription builder) => new() { Package = "boreal", Version = builder.Version };

    private static Platform ToPlatform(string platform)
    {
        var parts = platform.Split('/');
        return new Platform { OS = parts[0], Architecture = parts.ElementAtOrDefault(1) ?? "", Variant = parts.ElementAtOrDefault(2) ?? "" };
    }

    private static GCPolicy ToPolicy(CacheRule rule) => new()
    {
        All = rule.All,
        KeepDuration = rule.KeepFor.Ticks * 100,
        ReservedSpace = rule.ReservedSpace,
        MaxUsedSpace = rule.MaxUsedSpace,
        MinFreeSpace = rule.MinFreeSpace,
        Filters = { rule.Filters },
    };
}
