using System.Text.Json;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Devices;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>The runtime-spec's linux.resources.</summary>
internal static class ResourceSection
{
    private const ulong CfsPeriod = 100_000;

    public static void Write(Utf8JsonWriter json, ResourceSpec resources, DeviceAccess devices)
    {
        json.WriteStartObject("resources");
        WriteDevices(json, devices.Rules);
        WriteMemory(json, resources);
        WriteCpu(json, resources);
        if (resources.PidsLimit is > 0)
        {
            json.WriteStartObject("pids");
            json.WriteNumber("limit", resources.PidsLimit.Value);
            json.WriteEndObject();
        }

        WriteBlockIo(json, resources);
        json.WriteEndObject();
    }

    private static void WriteDevices(Utf8JsonWriter json, IReadOnlyList<DeviceRule> rules)
    {
        json.WriteStartArray("devices");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteBoolean("allow", rule.Allow);
            if (rule.Type is not null) json.WriteString("type", rule.Type);
            if (rule.Major is { } major) json.WriteNumber("major", major);
            if (rule.Minor is { } minor) json.WriteNumber("minor", minor);
            json.WriteString("access", rule.Access);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMemory(Utf8JsonWriter json, ResourceSpec resources)
    {
        json.WriteStartObject("memory");
        Positive(json, "limit", resources.Memory);
        Positive(json, "reservation", resources.MemoryReservation);
        Positive(json, "swap", resources.MemorySwap);
        if (resources.MemorySwappiness is >= 0) json.WriteNumber("swappiness", resources.MemorySwappiness.Value);
        if (resources.OomKillDisable is { } disabled) json.WriteBoolean("disableOOMKiller", disabled);
        json.WriteEndObject();
    }

    private static void WriteCpu(Utf8JsonWriter json, ResourceSpec resources)
    {
        var (quota, period) = Bandwidth(resources);
        var any = resources is not { CpuShares: 0, CpuRealtimePeriod: 0, CpuRealtimeRuntime: 0, CpusetCpus: "", CpusetMems: "" } || quota != 0 || period != 0;
        if (!any) return;
        json.WriteStartObject("cpu");
        Positive(json, "shares", resources.CpuShares);
        if (quota != 0) json.WriteNumber("quota", quota);
        if (period != 0) json.WriteNumber("period", period);
        if (resources.CpuRealtimeRuntime != 0) json.WriteNumber("realtimeRuntime", resources.CpuRealtimeRuntime);
        Positive(json, "realtimePeriod", resources.CpuRealtimePeriod);
        if (resources.CpusetCpus.Length > 0) json.WriteString("cpus", resources.CpusetCpus);
        if (resources.CpusetMems.Length > 0) json.WriteString("mems", resources.CpusetMems);
        json.WriteEndObject();
    }

    /// <summary>Quota and period in microseconds; zero where not set.</summary>
    public static (long Quota, ulong Period) Bandwidth(ResourceSpec resources)
    {
        var (quota, period) = resources.NanoCpus > 0 ? ((long)((Int128)resources.NanoCpus * CfsPeriod / 1_000_000_000), CfsPeriod) : (0L, 0UL);
        if (resources.CpuPeriod != 0) period = (ulong)resources.CpuPeriod;
        if (resources.CpuQuota != 0) quota = resources.CpuQuota;
        return (quota, period);
    }

    private static void WriteBlockIo(Utf8JsonWriter json, ResourceSpec resources)
    {
        json.WriteStartObject("blockIO");
        Positive(json, "weight", resources.BlkioWeight);
        if (resources.BlkioWeightDevice is { Count: > 0 } weights)
        {
            json.WriteStartArray("weightDevice");
            foreach (var weight in weights) WriteDevice(json, weight.Path, "weight", weight.Weight);
            json.WriteEndArray();
        }

        WriteRates(json, "throttleReadBpsDevice", resources.BlkioDeviceReadBps);
        WriteRates(json, "throttleWriteBpsDevice", resources.BlkioDeviceWriteBps);
        WriteRates(json, "throttleReadIOPSDevice", resources.BlkioDeviceReadIops);
        WriteRates(json, "throttleWriteIOPSDevice", resources.BlkioDeviceWriteIops);
        json.WriteEndObject();
    }

    private static void WriteRates(Utf8JsonWriter json, string property, IReadOnlyList<DeviceRate>? rates)
    {
        if (rates is not { Count: > 0 }) return;
        json.WriteStartArray(property);
        foreach (var rate in rates) WriteDevice(json, rate.Path, "rate", rate.Rate);
        json.WriteEndArray();
    }

    private static void WriteDevice(Utf8JsonWriter json, string path, string property, ulong value)
    {
        var node = HostDevices.BlockDevice(path);
        json.WriteStartObject();
        json.WriteNumber("major", node.Major);
        json.WriteNumber("minor", node.Minor);
        json.WriteNumber(property, value);
        json.WriteEndObject();
    }

    private static void Positive(Utf8JsonWriter json, string property, long value)
    {
        if (value > 0) json.WriteNumber(property, value);
    }
}
