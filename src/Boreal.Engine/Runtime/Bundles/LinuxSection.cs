using System.Text.Json;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Devices;
using Boreal.Engine.Runtime.Security;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>The runtime-spec's linux object.</summary>
internal sealed class LinuxSection(ContainerSpec spec, BundleInputs inputs, RuntimeHost host)
{
    public required string CgroupsPath { get; init; }

    /// <summary>Raw JSON; empty where nothing is filtered.</summary>
    public required byte[] Seccomp { get; init; }

    public required string? RootPropagation { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        var devices = DeviceAccess.Of(spec.Security);
        json.WriteStartObject("linux");
        WriteSysctls(json);
        ResourceSection.Write(json, spec.Resources, devices);
        json.WriteString("cgroupsPath", CgroupsPath);
        WriteNamespaces(json);
        WriteDevices(json, devices.Nodes);
        if (Seccomp.Length > 0)
        {
            json.WritePropertyName("seccomp");
            json.WriteRawValue(Seccomp, skipInputValidation: true);
        }

        if (RootPropagation is not null) json.WriteString("rootfsPropagation", RootPropagation);
        if (!spec.Security.Privileged)
        {
            WritePaths(json, "maskedPaths", spec.Security.MaskedPaths ?? SystemPaths.Masked);
            WritePaths(json, "readonlyPaths", spec.Security.ReadonlyPaths ?? SystemPaths.Readonly);
        }

        json.WriteEndObject();
    }

    private void WriteSysctls(Utf8JsonWriter json)
    {
        var sysctls = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (spec.Process.Domainname.Length > 0) sysctls["kernel.domainname"] = spec.Process.Domainname;
        if (HasOwnNetwork)
        {
            foreach (var (name, value) in host.NetworkSysctls) sysctls[name] = value;
        }

        foreach (var (name, value) in spec.Security.Sysctls ?? new Dictionary<string, string>()) sysctls[name] = value;
        if (sysctls.Count == 0) return;
        json.WriteStartObject("sysctl");
        foreach (var (name, value) in sysctls) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private bool HasOwnNetwork => spec.Network.Mode is not "host" && !IsContainer(spec.Network.Mode);

    private void WriteNamespaces(Utf8JsonWriter json)
    {
        var modes = spec.Namespaces;
        json.WriteStartArray("namespaces");
        WriteNamespace(json, "mount", null);
        if (spec.Network.Mode is not "host") WriteNamespace(json, "network", inputs.NetworkNamespacePath);
        if (modes.Uts is not "host") WriteNamespace(json, "uts", null);
        if (modes.Pid is not "host") WriteNamespace(json, "pid", IsContainer(modes.Pid) ? Joined(inputs.PidTargetPid, "pid") : null);
        if (modes.Ipc is not "host") WriteNamespace(json, "ipc", IsContainer(modes.Ipc) ? Joined(inputs.IpcTargetPid, "ipc") : null);
        if (modes.Cgroup is "private") WriteNamespace(json, "cgroup", null);
        json.WriteEndArray();
    }

    private string Joined(int? pid, string kind) =>
        pid is > 0 ? $"/proc/{pid}/ns/{kind}" : throw new InvalidOperationException($"container {spec.Id.Short} joins a {kind} namespace, but BundleInputs names no process of it");

    private static bool IsContainer(string mode) => mode.StartsWith("container:", StringComparison.Ordinal);

    private static void WriteNamespace(Utf8JsonWriter json, string type, string? path)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        if (path is not null) json.WriteString("path", path);
        json.WriteEndObject();
    }

    private static void WriteDevices(Utf8JsonWriter json, IReadOnlyList<DeviceEntry> devices)
    {
        if (devices.Count == 0) return;
        json.WriteStartArray("devices");
        foreach (var (path, node) in devices)
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("type", node.Kind.ToString());
            json.WriteNumber("major", node.Major);
            json.WriteNumber("minor", node.Minor);
            json.WriteNumber("fileMode", node.Mode);
            json.WriteNumber("uid", node.Uid);
            json.WriteNumber("gid", node.Gid);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePaths(Utf8JsonWriter json, string property, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0) ProcessSection.WriteTexts(json, property, paths);
    }
}
