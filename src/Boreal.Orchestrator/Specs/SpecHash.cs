using System.Security.Cryptography;
using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Specs;

/// <summary>The part of a spec that a task is made from, as a hash: another one replaces tasks.</summary>
internal static class SpecHash
{
    private const int Length = 16;

    public static string Of(ServiceSpec spec) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(Reduced(spec)))[..Length]);

    /// <summary>What differs between two specs, as names of fields.</summary>
    public static IReadOnlyList<string> Changes(ServiceSpec before, ServiceSpec after)
    {
        var changes = new List<string>();
        Compare(Reduced(before), Reduced(after), "", changes);
        return changes;
    }

    private static void Compare(JsonElement before, JsonElement after, string path, List<string> changes)
    {
        var names = Names(before).Union(Names(after)).Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (one, other) = (Property(before, name), Property(after, name));
            if (CanonicalJson.Write(one).AsSpan().SequenceEqual(CanonicalJson.Write(other)))
                continue;
            if (name is "Template" or "HostConfig" && one.ValueKind is JsonValueKind.Object && other.ValueKind is JsonValueKind.Object)
                Compare(one, other, $"{path}{name}.", changes);
            else
                changes.Add(path + name);
        }
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static JsonElement Property(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement Reduced(ServiceSpec spec)
    {
        var template = spec.Template;
        var reduced = new ServiceSpec
        {
            Name = spec.Name,
            ContainerName = spec.ContainerName,
            NameSeparator = spec.NameSeparator,
            ForceUpdate = spec.ForceUpdate,
            Ports = spec.Ports,
            Template = template with
            {
                // Where a project lies, and which version of a tool wrote it, is no difference.
                Labels = template.Labels?.Where(label => !label.Key.StartsWith(TaskLabels.Compose, StringComparison.Ordinal) || label.Key is TaskLabels.Image)
                    .ToDictionary(label => label.Key, label => label.Value),
            },
        };
        return JsonSerializer.SerializeToElement(reduced, AppsJsonContext.Default.ServiceSpec);
    }
}
