using System.Text;
using System.Text.Json;
using Boreal.Cli.Output;

namespace Boreal.Cli.Commands.Node;

/// <summary>A node's description as text, in docker's lines.</summary>
internal static class NodeReport
{
    public static string Write(JsonElement node)
    {
        var text = new StringBuilder();
        Counts(text, node);
        Storage(text, node);
        Runtimes(text, node);
        Machine(text, node);
        return text.ToString();
    }

    private static void Counts(StringBuilder text, JsonElement node)
    {
        Line(text, 1, "Containers", $"{node.Number("Containers")}");
        Line(text, 2, "Running", $"{node.Number("ContainersRunning")}");
        Line(text, 2, "Paused", $"{node.Number("ContainersPaused")}");
        Line(text, 2, "Stopped", $"{node.Number("ContainersStopped")}");
        Line(text, 1, "Images", $"{node.Number("Images")}");
        IfGiven(text, "Server Version", node.Text("ServerVersion"));
    }

    private static void Storage(StringBuilder text, JsonElement node)
    {
        IfGiven(text, "Storage Driver", node.Text("Driver"));
        foreach (var pair in node.Items("DriverStatus").Select(pair => pair.Items()).Where(pair => pair.Count is 2))
            Line(text, 2, pair[0].GetString() ?? "", pair[1].GetString() ?? "");
        IfGiven(text, "Logging Driver", node.Text("LoggingDriver"));
        IfGiven(text, "Cgroup Driver", node.Text("CgroupDriver"));
        IfGiven(text, "Cgroup Version", node.Text("CgroupVersion"));
        text.Append(" Plugins:\n");
        var plugins = node.Object("Plugins");
        foreach (var kind in new[] { "Volume", "Network", "Authorization", "Log" })
        {
            if (plugins.Texts(kind) is { Count: > 0 } names) Line(text, 2, kind, string.Join(' ', names));
        }
    }

    private static void Runtimes(StringBuilder text, JsonElement node)
    {
        Line(text, 1, "Swarm", node.Object("Swarm").Text("LocalNodeState"));
        var runtimes = node.Object("Runtimes");
        if (runtimes.ValueKind is JsonValueKind.Object)
        {
            Line(text, 1, "Runtimes", string.Join(' ', runtimes.EnumerateObject().Select(runtime => runtime.Name).Order(StringComparer.Ordinal)));
            Line(text, 1, "Default Runtime", node.Text("DefaultRuntime"));
        }

        Line(text, 1, "Init Binary", node.Text("InitBinary"));
        Line(text, 1, "containerd version", node.Object("ContainerdCommit").Text("ID"));
        Line(text, 1, "runc version", node.Object("RuncCommit").Text("ID"));
        Line(text, 1, "init version", node.Object("InitCommit").Text("ID"));
        if (node.Texts("SecurityOptions") is not { Count: > 0 } security) return;
        text.Append(" Security Options:\n");
        foreach (var option in security) Security(text, option);
    }

    private static void Security(StringBuilder text, string option)
    {
        foreach (var part in option.Split(','))
        {
            var equals = part.IndexOf('=');
            var (key, value) = equals < 0 ? ("name", part) : (part[..equals], part[(equals + 1)..]);
            if (key is "name") text.Append("  ").Append(value).Append('\n');
            else Line(text, 3, key.Length > 0 ? char.ToUpperInvariant(key[0]) + key[1..] : key, value);
        }
    }

    private static void Machine(StringBuilder text, JsonElement node)
    {
        IfGiven(text, "Kernel Version", node.Text("KernelVersion"));
        IfGiven(text, "Operating System", node.Text("OperatingSystem"));
        IfGiven(text, "OSType", node.Text("OSType"));
        IfGiven(text, "Architecture", node.Text("Architecture"));
        Line(text, 1, "CPUs", $"{node.Number("NCPU")}");
        Line(text, 1, "Total Memory", Units.BinarySize(node.Number("MemTotal")));
        IfGiven(text, "Name", node.Text("Name"));
        IfGiven(text, "ID", node.Text("ID"));
        Line(text, 1, "Docker Root Dir", node.Text("DockerRootDir"));
        Line(text, 1, "Debug Mode", Truth(node, "Debug"));
        Labels(text, node);
        Line(text, 1, "Experimental", Truth(node, "ExperimentalBuild"));
        var registries = node.Object("RegistryConfig");
        if (registries.Texts("InsecureRegistryCIDRs") is { Count: > 0 } insecure)
        {
            text.Append(" Insecure Registries:\n");
            foreach (var network in insecure) text.Append("  ").Append(network).Append('\n');
        }

        Line(text, 1, "Live Restore Enabled", Truth(node, "LiveRestoreEnabled"));
    }

    private static void Labels(StringBuilder text, JsonElement node)
    {
        if (node.Texts("Labels") is not { Count: > 0 } labels) return;
        text.Append(" Labels:\n");
        foreach (var label in labels) text.Append("  ").Append(label).Append('\n');
    }

    private static string Truth(JsonElement node, string name) => node.Truth(name) ? "true" : "false";

    private static void IfGiven(StringBuilder text, string name, string value)
    {
        if (value.Length > 0) Line(text, 1, name, value);
    }

    private static void Line(StringBuilder text, int indent, string name, string value) =>
        text.Append(' ', indent).Append(name).Append(": ").Append(value).Append('\n');
}
