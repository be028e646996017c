using Boreal.Daemon.Endpoints.Containers.Inspecting;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Listing;

/// <summary>One line of <c>docker ps</c>.</summary>
internal sealed class SummaryView(NetworkView networks)
{
    public Wire.ContainerSummary Describe(Container container, string imageName, DateTimeOffset now, ApiVersion version)
    {
        var spec = container.Spec;
        var status = container.Status;
        return new Wire.ContainerSummary
        {
            Id = spec.Id.Value,
            Names = ["/" + spec.Name],
            Image = imageName,
            ImageID = spec.ImageId,
            Command = CommandText.LineOf(spec.Process),
            Created = spec.Created.ToUnixTimeSeconds(),
            Ports = NetworkView.PortList(container),
            Labels = spec.Labels,
            State = StatusText.StateOf(status),
            Status = StatusText.Describe(status, now),
            HostConfig = new Wire.SummaryHostConfig { NetworkMode = spec.Network.Mode, Annotations = spec.Annotations is { Count: > 0 } annotations ? annotations : null },
            NetworkSettings = new Wire.SummaryNetworkSettings { Networks = networks.Endpoints(container, version) },
            Mounts = MountView.Describe(spec.Storage),
        };
    }
}
