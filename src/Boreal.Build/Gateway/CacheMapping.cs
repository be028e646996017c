using Boreal.Build.Builds;
using Boreal.BuildWire.Protocol.Control;
using Google.Protobuf.WellKnownTypes;

namespace Boreal.Build.Gateway;

/// <summary>What a builder keeps, as clients list and clean it.</summary>
internal static class CacheMapping
{
    public static UsageRecord ToUsage(CacheRecord record)
    {
        var usage = new UsageRecord
        {
            ID = record.Id,
            RecordType = record.Kind,
            Description = record.Description,
            Size = record.Size,
            CreatedAt = record.CreatedAt.ToTimestamp(),
            UsageCount = record.UsageCount,
            InUse = record.InUse,
            Mutable = record.Mutable,
            Shared = record.Shared,
            Parents = { record.Parents },
        };
        if (record.LastUsedAt is { } lastUsed)
            usage.LastUsedAt = lastUsed.ToTimestamp();
        return usage;
    }

    public static CacheRule ToRule(PruneRequest request) => new()
    {
        All = request.All,
        Filters = request.Filter,
        KeepFor = TimeSpan.FromTicks(request.KeepDuration / 100),
        ReservedSpace = request.ReservedSpace,
        MaxUsedSpace = request.MaxUsedSpace,
        MinFreeSpace = request.MinFreeSpace,
    };
}
