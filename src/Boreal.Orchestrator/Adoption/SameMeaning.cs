using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Specs;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Adoption;

/// <summary>
/// Whether a container that somebody else made is what a template asks for. Both are compared as the engine tells them, so that its
/// defaults and the image's are on both sides; ways to write the same thing are not differences.
/// </summary>
internal static class SameMeaning
{
    // Who watches, restarts and writes logs to a terminal is not what runs; the rest is compared by what it comes to (mounts, names).
    private static readonly string[] ConfigIgnored = ["Hostname", "AttachStdin", "AttachStdout", "AttachStderr", "Labels", "Volumes", "StdinOnce", "ExposedPorts", "OnBuild", "Image"];
    private static readonly string[] HostIgnored = ["RestartPolicy", "AutoRemove", "ConsoleSize", "Binds", "Mounts", "ContainerIDFile", "VolumeDriver", "NetworkMode", "Tmpfs", "Links"];

    /// <summary>What differs, as names of fields; empty when the container can stay.</summary>
    public static IReadOnlyList<string> Differences(ContainerInspect wanted, ContainerInspect found)
    {
        var differences = new List<string>();
        if (wanted.Image != found.Image)
            differences.Add("Image");
        Compare(Part(wanted, "Config", ConfigIgnored), Part(found, "Config", ConfigIgnored), "", differences);
        Compare(Part(wanted, "HostConfig", HostIgnored), Part(found, "HostConfig", HostIgnored), "HostConfig.", differences);
        if (!Labels(wanted).SequenceEqual(Labels(found)))
            differences.Add("Labels");
        if (!Mounts(wanted).SequenceEqual(Mounts(found)))
            differences.Add("Mounts");
        if (!Networks(wanted).SequenceEqual(Networks(found)))
            differences.Add("Networks");
        return differences;
    }

    private static Dictionary<string, string> Part(ContainerInspect container, string name, string[] ignored)
    {
        var element = JsonSerializer.SerializeToElement(container, ContainersJsonContext.Default.ContainerInspect).GetProperty(name);
        return element.EnumerateObject()
            .Where(property => !ignored.Contains(property.Name) && CanonicalJson.SaysSomething(property.Value))
            .ToDictionary(property => property.Name, property => Text(property.Name, property.Value));
    }

    /// <summary>The environment is a set.</summary>
    private static string Text(string name, JsonElement value) =>
        name is "Env"
            ? string.Join('\n', value.EnumerateArray().Select(item => item.GetString()).Order(StringComparer.Ordinal))
            : JsonNode.Parse(CanonicalJson.Write(value))?.ToJsonString() ?? "";

    private static void Compare(Dictionary<string, string> wanted, Dictionary<string, string> found, string prefix, List<string> differences) =>
        differences.AddRange(wanted.Keys.Union(found.Keys).Where(key => wanted.GetValueOrDefault(key) != found.GetValueOrDefault(key)).Order(StringComparer.Ordinal).Select(key => prefix + key));

    private static IEnumerable<string> Labels(ContainerInspect container) =>
        (container.Config.Labels ?? new Dictionary<string, string>())
            .Where(label => !label.Key.StartsWith(TaskLabels.Compose, StringComparison.Ordinal) && label.Key is not (TaskLabels.Task or TaskLabels.Balance))
            .Select(label => $"{label.Key}={label.Value}")
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Mounts(ContainerInspect container) =>
        container.Mounts.Select(mount => $"{mount.Type} {(IsAnonymous(mount) ? "" : mount.Type is "volume" ? mount.Name : mount.Source)} {mount.Destination} {mount.RW}")
            .Concat((container.HostConfig.Tmpfs ?? new Dictionary<string, string>()).Select(tmpfs => $"tmpfs  {tmpfs.Key} True"))
            .Distinct()
            .Order(StringComparer.Ordinal);

    // A template that is not run yet has no volume's name.
    private static bool IsAnonymous(MountPoint mount) => mount.Type is "volume" && mount.Name is null or "" or { Length: 64 };

    private static IEnumerable<string> Networks(ContainerInspect container) =>
        (container.NetworkSettings.Networks ?? new Dictionary<string, EndpointSettings>()).Select(network => network.Key).Order(StringComparer.Ordinal);
}
