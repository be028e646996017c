using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Client.Errors;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Looks at what the engine has of a project.</summary>
internal sealed class ProjectObserver(CliContext context)
{
    private const int NotFound = 404;

    public async Task<ObservedState> LookAsync(Project project, CancellationToken cancellationToken)
    {
        var networks = context.Client.Networks.ListAsync(FilterQuery.None, cancellationToken);
        var volumes = context.Client.Volumes.ListAsync(FilterQuery.None, cancellationToken);
        var containers = ProjectContainers.ListAsync(context, project.Name, [], all: true, cancellationToken);
        var services = ServicesAsync(project.Name, cancellationToken);
        var images = ProjectLists.Images(project).Distinct(StringComparer.Ordinal).Select(async image => (Image: image, Id: await ImageIdAsync(image, cancellationToken))).ToList();
        await Task.WhenAll([networks, volumes, containers, services, .. images]);
        return new ObservedState
        {
            Networks = ByName((await networks).Select(network => (network.Name, network.Labels))),
            Volumes = ByName(((await volumes).Volumes ?? []).Select(volume => (volume.Name, volume.Labels))),
            Images = (await Task.WhenAll(images)).Where(image => image.Id is not null).ToDictionary(image => image.Image, image => image.Id ?? "", StringComparer.Ordinal),
            Services = await services,
            ServicesOfContainers = (await containers).Where(container => !ProjectContainers.IsOneOff(container)).Select(ProjectContainers.ServiceOf).ToHashSet(StringComparer.Ordinal),
        };
    }

    public async Task<IReadOnlyDictionary<string, ServiceSpec>> ServicesAsync(string project, CancellationToken cancellationToken)
    {
        try
        {
            var app = await context.Client.Apps.InspectAsync(project, cancellationToken);
            return app.Services.Where(service => !service.Removing).ToDictionary(service => service.Name, service => service.Spec, StringComparer.Ordinal);
        }
        catch (ApiException problem) when (problem.Status is NotFound)
        {
            // Nothing was asked for yet.
            return new Dictionary<string, ServiceSpec>();
        }
    }

    /// <summary>Null when the engine doesn't have the image.</summary>
    public async Task<string?> ImageIdAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            using var inspected = JsonDocument.Parse(await context.Client.Images.InspectRawAsync(image, cancellationToken));
            return inspected.RootElement.GetProperty("Id").GetString();
        }
        catch (ApiException problem) when (problem.Status is NotFound)
        {
            return null;
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ByName(IEnumerable<(string Name, IReadOnlyDictionary<string, string>? Labels)> items)
    {
        var byName = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (name, labels) in items) byName[name] = labels ?? new Dictionary<string, string>();
        return byName;
    }
}
