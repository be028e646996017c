using Boreal.Api.Containers;
using Boreal.Cli.Output;
using Boreal.Cli.Parsing;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Containers;

/// <summary>What <c>ps</c> can show of a container.</summary>
internal static class ContainerColumns
{
    private const int CommandWidth = 20;
    private const int MountWidth = 15;

    public static TypedColumns<ContainerSummary> Create(bool truncate, TimeProvider clock)
    {
        var columns = new TypedColumns<ContainerSummary>("*formatter.ContainerContext")
            .Add("Command", "COMMAND", item => GoText.Quote(truncate ? Texts.Ellipsis(item.Command, CommandWidth) : item.Command))
            .Add("CreatedAt", "CREATED AT", item => Texts.GoTime(DateTimeOffset.FromUnixTimeSeconds(item.Created), clock.LocalTimeZone))
            .Add("ID", "CONTAINER ID", item => truncate ? Texts.ShortId(item.Id) : item.Id)
            .Add("Image", "IMAGE", item => Image(item, truncate))
            .Add("Labels", "LABELS", item => string.Join(',', (item.Labels ?? new Dictionary<string, string>())
                .Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)))
            .Add("LocalVolumes", "LOCAL VOLUMES", item => $"{item.Mounts.Count(mount => mount.Driver is "local")}")
            .Add("Mounts", "MOUNTS", item => string.Join(',', item.Mounts.Select(mount => Mount(mount, truncate))))
            .Add("Names", "NAMES", item => Names(item, truncate))
            .Add("Networks", "NETWORKS", item => string.Join(',', item.NetworkSettings.Networks?.Keys ?? []))
            .Add("Platform", "PLATFORM", _ => NilValue.Pointer)
            .Add("Ports", "PORTS", item => PortColumn.Render(item.Ports))
            .Add("RunningFor", "CREATED", item => Units.Duration(clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(item.Created)) + " ago")
            .Add("Size", "SIZE", Size)
            .Add("State", "STATE", item => item.State)
            .Add("Status", "STATUS", item => item.Status);
        return columns.AddLookup("Label", (item, key) => item.Labels?.GetValueOrDefault(key) ?? "");
    }

    private static string Image(ContainerSummary item, bool truncate)
    {
        if (item.Image.Length is 0) return "<no image>";
        if (!truncate) return item.Image;
        if (Texts.ShortId(item.ImageID) == Texts.ShortId(item.Image)) return Texts.ShortId(item.ImageID);
        var at = item.Image.IndexOf('@');
        return FamiliarNames.Shorten(at > 0 ? item.Image[..at] : item.Image);
    }

    private static string Names(ContainerSummary item, bool truncate)
    {
        var names = item.Names.Select(name => name.TrimStart('/'));
        return truncate ? names.FirstOrDefault(name => !name.Contains('/', StringComparison.Ordinal)) ?? "" : string.Join(',', names);
    }

    private static string Mount(MountPoint mount, bool truncate)
    {
        var name = mount.Name is { Length: > 0 } named ? named : mount.Source;
        return truncate ? Texts.Ellipsis(name, MountWidth) : name;
    }

    private static string Size(ContainerSummary item)
    {
        var own = Units.Size(item.SizeRw ?? 0, 3);
        return item.SizeRootFs is > 0 ? $"{own} (virtual {Units.Size(item.SizeRootFs.Value, 3)})" : own;
    }
}
