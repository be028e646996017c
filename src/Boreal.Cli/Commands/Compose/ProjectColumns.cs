using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Api.Containers;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Templates.Values;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>What <c>compose ps</c> can show of a container: what <c>ps</c> can, and what it is to its project.</summary>
internal static partial class ProjectColumns
{
    public static TypedColumns<ContainerSummary> Create(bool truncate, TimeProvider clock) => ContainerColumns.Create(truncate, clock)
        .Add("ExitCode", "EXIT CODE", container => (Value)new NumberValue(ExitCode(container)))
        .Add("Health", "HEALTH", Health)
        .Add("Name", "NAME", ProjectContainers.Name)
        .Add("Project", "PROJECT", container => container.Labels?.GetValueOrDefault(ComposeLabels.Project) ?? "")
        .Add("Publishers", "PUBLISHERS", Publishers)
        .Add("Service", "SERVICE", ProjectContainers.ServiceOf);

    /// <summary>Listings tell it in the status only, and there in words.</summary>
    public static string Health(ContainerSummary container)
    {
        var found = HealthWords().Match(container.Status);
        return found.Success ? found.Groups[1].Value is "health: starting" ? "starting" : found.Groups[1].Value : "";
    }

    private static int ExitCode(ContainerSummary container) =>
        ExitWords().Match(container.Status) is { Success: true } found ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static Value Publishers(ContainerSummary container) => container.Ports.Count is 0 ? NilValue.None : new ListValue([.. container.Ports.Select(Publisher)]);

    private static StructValue Publisher(PortSummary port)
    {
        List<KeyValuePair<string, Value>> fields =
        [
            new("URL", new TextValue(port.IP ?? "")), new("TargetPort", new NumberValue(port.PrivatePort)),
            new("PublishedPort", new NumberValue(port.PublicPort)), new("Protocol", new TextValue(port.Type)),
        ];
        return new StructValue("api.PortPublisher", fields, $"{{{string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Value.Json()}"))}}}");
    }

    [GeneratedRegex(@"\((healthy|unhealthy|health: starting)\)")]
    private static partial Regex HealthWords();

    [GeneratedRegex(@"^Exited \((\d+)\)")]
    private static partial Regex ExitWords();
}
