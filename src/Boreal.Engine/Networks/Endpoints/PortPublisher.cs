using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>A container's published ports: bound on the host, and led to the endpoint by which the container is reached.</summary>
internal sealed class PortPublisher(HostNetwork host, PortBinder ports, NetworkFirewall firewall, TimeProvider time)
{
    /// <summary>Takes the ports; nothing leads through them before <see cref="Open"/>. Without a way in there are none.</summary>
    /// <exception cref="EngineException">A port is in use, in Docker's words.</exception>
    public void Bind(Attachment attachment, SandboxRequest request, EndpointStatus? target)
    {
        if (target is null) return;
        try
        {
            attachment.Held.AddRange(ports.Bind(request.Network, attachment.Group, firewall.Find(target.NetworkId)?.HostBind, target.Address6.Length > 0));
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Internal)
        {
            throw new EngineException(ErrorKind.Internal,
                $"driver failed programming external connectivity on endpoint {request.Name} ({target.EndpointId}): {exception.Message}", exception);
        }

        attachment.Aim(target, attachment.Ports);
    }

    /// <summary>Leads the ports to the container; those of a group the balancer leads.</summary>
    public void Open(Attachment attachment)
    {
        firewall.Add(OwnOf(attachment));
        attachment.StartProxies(host, time);
    }

    /// <summary>The way to the container has changed: leads its ports there, takes them, or gives them back.</summary>
    public void Redirect(Attachment attachment, SandboxRequest request, EndpointStatus? target)
    {
        if (target?.EndpointId == attachment.Target?.EndpointId) return;
        if (target is null)
        {
            Close(attachment);
            return;
        }

        firewall.Remove(OwnOf(attachment));
        attachment.StopProxies();
        if (attachment.Held.Count == 0) Bind(attachment, request, target);
        else attachment.Aim(target, attachment.Ports);
        Open(attachment);
    }

    public void Close(Attachment attachment)
    {
        firewall.Remove(OwnOf(attachment));
        foreach (var held in attachment.Held) ports.Release(held);
        attachment.Held.Clear();
        attachment.Abandon();
    }

    /// <summary>What is the container's alone: of a group's ports those that are not translated but opened at its own address.</summary>
    public IReadOnlyList<PortTranslation> OwnOf(Attachment attachment) =>
        attachment.Group.Length == 0 ? attachment.Translations : [.. attachment.Translations.Where(firewall.IsRouted)];
}
