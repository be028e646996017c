using Boreal.Api.Volumes;
using Boreal.Cli.Output;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Volumes;

/// <summary>What listings can show of a volume. Sizes are known only where the daemon was asked to measure.</summary>
internal static class VolumeColumns
{
    private const string Unknown = "N/A";

    public static TypedColumns<Volume> Create() => new TypedColumns<Volume>("*formatter.volumeContext")
        .Add("Availability", "AVAILABILITY", static _ => Unknown)
        .Add("Driver", "DRIVER", static item => item.Driver)
        .Add("Group", "GROUP", static _ => Unknown)
        .Add("Labels", "LABELS", static item => string.Join(',', Labels(item).Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)))
        .Add("Links", "LINKS", static item => item.UsageData is { } usage ? $"{usage.RefCount}" : Unknown)
        .Add("Mountpoint", "MOUNTPOINT", static item => item.Mountpoint)
        .Add("Name", "VOLUME NAME", static item => item.Name)
        .Add("Scope", "SCOPE", static item => item.Scope)
        .Add("Size", "SIZE", static item => item.UsageData is { } usage ? Units.Size(usage.Size) : Unknown)
        .Add("Status", "STATUS", static _ => Unknown)
        .AddLookup("Label", static (item, key) => Labels(item).GetValueOrDefault(key) ?? "");

    private static IReadOnlyDictionary<string, string> Labels(Volume item) => item.Labels ?? new Dictionary<string, string>();
}
