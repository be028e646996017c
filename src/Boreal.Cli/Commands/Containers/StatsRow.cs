using System.Globalization;
using Boreal.Api.Containers;
using Boreal.Cli.Output;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Containers;

/// <summary>One container's figures; <see cref="Sample"/> is null while none has come.</summary>
internal sealed record StatsRow(string Asked, ContainerStats? Sample)
{
    private const string None = "--";

    public double CpuPercent
    {
        get
        {
            if (Sample is null) return 0;
            var used = (double)Sample.CpuStats.CpuUsage.TotalUsage - Sample.PreCpuStats.CpuUsage.TotalUsage;
            var passed = (double)(Sample.CpuStats.SystemCpuUsage ?? 0) - (Sample.PreCpuStats.SystemCpuUsage ?? 0);
            var cpus = Sample.CpuStats.OnlineCpus ?? (uint)(Sample.CpuStats.CpuUsage.PercpuUsage?.Count ?? 0);
            return passed > 0 && used > 0 ? used / passed * cpus * 100 : 0;
        }
    }

    /// <summary>Without the page cache that can be dropped at once, as both cgroup versions count it.</summary>
    public ulong Memory
    {
        get
        {
            var usage = Sample?.MemoryStats.Usage ?? 0;
            var stats = Sample?.MemoryStats.Stats;
            if (stats is null) return usage;
            if (stats.TryGetValue("total_inactive_file", out var first) && first < usage) return usage - first;
            return stats.TryGetValue("inactive_file", out var second) && second < usage ? usage - second : usage;
        }
    }

    private ulong Limit => Sample?.MemoryStats.Limit ?? 0;

    public static TypedColumns<StatsRow> Columns(bool truncate) => new TypedColumns<StatsRow>("*container.statsContext")
        .Add("BlockIO", "BLOCK I/O", row => row.Shown(() => $"{row.Blocks('r')} / {row.Blocks('w')}"))
        .Add("CPUPerc", "CPU %", row => row.Shown(() => Percent(row.CpuPercent)))
        .Add("Container", "CONTAINER", row => row.Asked)
        .Add("ID", "CONTAINER ID", row => truncate ? Texts.ShortId(row.Sample?.Id ?? "") : row.Sample?.Id ?? "")
        .Add("MemPerc", "MEM %", row => row.Shown(() => Percent(row.Limit is 0 ? 0 : (double)row.Memory / row.Limit * 100)))
        .Add("MemUsage", "MEM USAGE / LIMIT", row => row.Sample is null ? "-- / --" : $"{Units.BinarySize(row.Memory)} / {Units.BinarySize(row.Limit)}")
        .Add("Name", "NAME", row => row.Sample is { Name.Length: > 1 } sample ? sample.Name.TrimStart('/') : None)
        .Add("NetIO", "NET I/O", row => row.Shown(() => $"{row.Network(face => face.RxBytes)} / {row.Network(face => face.TxBytes)}"))
        .Add("PIDs", "PIDS", row => row.Shown(() => $"{row.Sample?.PidsStats.Current ?? 0}"));

    private string Shown(Func<string> text) => Sample is null ? None : text();

    private static string Percent(double value) => value.ToString("F2", CultureInfo.InvariantCulture) + "%";

    private string Network(Func<InterfaceStats, ulong> count) =>
        Units.Size((Sample?.Networks?.Values ?? []).Sum(face => (double)count(face)), 3);

    private string Blocks(char operation) =>
        Units.Size((Sample?.BlkioStats.IoServiceBytesRecursive ?? [])
            .Where(entry => entry.Op.Length > 0 && char.ToLowerInvariant(entry.Op[0]) == operation).Sum(entry => (double)entry.Value), 3);
}
