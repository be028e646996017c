using System.Globalization;
using Boreal.Build.Graph;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Attributes;

/// <summary>Reads what programs of a build may use.</summary>
internal static class LimitReader
{
    private const int LastCpu = 8192;

    /// <exception cref="FormatException">A value is wrong; the message is BuildKit's.</exception>
    public static RunLimits Read(IReadOnlyDictionary<string, string> attributes) => new()
    {
        Ulimits = UlimitReader.Read(attributes.GetValueOrDefault("ulimit", "")),
        CgroupParent = attributes.GetValueOrDefault("cgroup-parent", ""),
        Memory = Number(attributes, "memory", value => value > 0, "must be > 0"),
        MemorySwap = Number(attributes, "memswap", value => value is -1 or > 0, "must be -1 (unlimited) or > 0"),
        CpuShares = (ulong)Number(attributes, "cpushares", value => value > 0, "must be > 0"),
        CpuPeriod = (ulong)Number(attributes, "cpuperiod", value => value > 0, "must be > 0"),
        CpuQuota = Number(attributes, "cpuquota", value => value > 0, "must be > 0"),
        CpusetCpus = Set(attributes, "cpusetcpus"),
        CpusetMems = Set(attributes, "cpusetmems"),
    };

    private static long Number(IReadOnlyDictionary<string, string> attributes, string name, Func<long, bool> isValid, string rule)
    {
        var text = attributes.GetValueOrDefault(name, "");
        if (text.Length == 0) return 0;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Invalid(name, text, $"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
        return isValid(value) ? value : throw Invalid(name, text, rule);
    }

    private static string Set(IReadOnlyDictionary<string, string> attributes, string name)
    {
        var text = attributes.GetValueOrDefault(name, "");
        foreach (var part in text.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            var bounds = part.Split('-', 2).Select(bound => int.TryParse(bound.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var cpu) ? cpu : -1).ToList();
            var what = bounds.Count > 1 ? "range" : "element";
            if (bounds.Contains(-1) || bounds[^1] < bounds[0]) throw Invalid(name, text, $"invalid cpuset {what} {GoText.Quote(part)}");
            if (bounds[^1] > LastCpu) throw Invalid(name, text, $"cpuset {what} {GoText.Quote(part)} exceeds maximum {LastCpu}");
        }
        return text;
    }

    private static FormatException Invalid(string name, string text, string reason) => new($"failed to parse resource limits: invalid {name} value: {text}: {reason}");
}
