using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Client.Containers;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The containers of a project, whoever made them: they are known by their labels.</summary>
internal static class ProjectContainers
{
    /// <param name="context">The command's.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="services">Only of these services; none means all.</param>
    /// <param name="all">Also those that don't run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<ContainerSummary>> ListAsync(
        CliContext context, string project, IReadOnlyCollection<string> services, bool all, CancellationToken cancellationToken)
    {
        var filters = new FilterQuery().Add("label", $"{ComposeLabels.Project}={project}");
        var containers = await context.Client.Containers.ListAsync(new ContainerListQuery { All = all, Filters = filters }, cancellationToken);
        return [.. containers.Where(container => services.Count is 0 || services.Contains(ServiceOf(container))).OrderBy(Name, StringComparer.Ordinal)];
    }

    /// <summary>Those of services, by the order of their numbers; not those of <c>run</c>.</summary>
    public static async Task<IReadOnlyList<ContainerSummary>> OfServicesAsync(
        CliContext context, string project, IReadOnlyCollection<string> services, bool all, CancellationToken cancellationToken) =>
        [.. (await ListAsync(context, project, services, all, cancellationToken)).Where(container => !IsOneOff(container)).OrderBy(ServiceOf, StringComparer.Ordinal).ThenBy(Number)];

    public static string ServiceOf(ContainerSummary container) => container.Labels?.GetValueOrDefault(ComposeLabels.Service) ?? "";

    public static string Name(ContainerSummary container) => container.Names is [var name, ..] ? name.TrimStart('/') : container.Id;

    public static int Number(ContainerSummary container) => int.TryParse(container.Labels?.GetValueOrDefault(ComposeLabels.ContainerNumber), out var number) ? number : 0;

    public static bool IsOneOff(ContainerSummary container) => container.Labels?.GetValueOrDefault(ComposeLabels.OneOff) is "True";

    /// <summary>The running container of a service with this number; 0 takes the first.</summary>
    public static async Task<ContainerSummary> OneAsync(CliContext context, string project, string service, int number, CancellationToken cancellationToken)
    {
        var containers = await OfServicesAsync(context, project, [service], all: false, cancellationToken);
        return containers.FirstOrDefault(container => number is 0 || Number(container) == number)
            ?? throw new CommandFailedException($"service \"{service}\" is not running{(number is 0 ? "" : $" container #{number}")}");
    }
}
