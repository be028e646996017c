using System.Text.Json;
using Boreal.Cli.Output;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Node;

/// <summary>One line of <c>system df</c>.</summary>
internal sealed record DiskUsageRow(string Type, int Total, int Active, long Size, long Reclaimable)
{
    public static readonly TypedColumns<DiskUsageRow> Columns = new TypedColumns<DiskUsageRow>("*formatter.diskUsageContext")
        .Add("Active", "ACTIVE", row => $"{row.Active}")
        .Add("Reclaimable", "RECLAIMABLE", row => row.Size > 0 ? $"{Units.Size(row.Reclaimable)} ({row.Reclaimable * 100 / row.Size}%)" : Units.Size(row.Reclaimable))
        .Add("Size", "SIZE", row => Units.Size(row.Size))
        .Add("TotalCount", "TOTAL", row => $"{row.Total}")
        .Add("Type", "TYPE", row => row.Type);

    public static IReadOnlyList<DiskUsageRow> Of(JsonElement usage)
    {
        var (images, containers) = (usage.Items("Images"), usage.Items("Containers"));
        var (volumes, cache) = (usage.Items("Volumes"), usage.Items("BuildCache"));
        var layers = usage.Number("LayersSize");
        var used = images.Where(image => image.Number("Containers") is not 0 && image.Number("Size") is not -1 && image.Number("SharedSize") is not -1)
            .Sum(image => image.Number("Size") - image.Number("SharedSize"));
        return
        [
            new DiskUsageRow("Images", images.Count, images.Count(image => image.Number("Containers") > 0), layers, layers - used),
            new DiskUsageRow("Containers", containers.Count, containers.Count(IsActive), containers.Sum(Written), containers.Where(item => !IsActive(item)).Sum(Written)),
            new DiskUsageRow("Local Volumes", volumes.Count, volumes.Count(volume => References(volume) > 0), volumes.Sum(VolumeSize),
                volumes.Where(volume => References(volume) is 0).Sum(VolumeSize)),
            new DiskUsageRow("Build Cache", cache.Count, cache.Count(record => record.Truth("InUse")), cache.Sum(record => record.Number("Size")),
                cache.Where(record => !record.Truth("InUse") && !record.Truth("Shared")).Sum(record => record.Number("Size"))),
        ];
    }

    public static long VolumeSize(JsonElement volume) => Math.Max(0, volume.Object("UsageData").Number("Size"));

    public static long References(JsonElement volume) => volume.Object("UsageData").Number("RefCount");

    private static long Written(JsonElement container) => container.Number("SizeRw");

    private static bool IsActive(JsonElement container) => container.Text("State") is "running" or "paused" or "restarting";
}
