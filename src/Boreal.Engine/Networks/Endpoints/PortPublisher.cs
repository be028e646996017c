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
            attachment.Sockets.AddRange(ports.Bind(request.Network, firewall.Find(target.NetworkId)?.HostBind, target.Address6.Length > 0));
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Internal)
        {
            throw new EngineException(ErrorKind.Internal,
                $"driver failed programming external connectivity on endpoint {request.Name} ({target.EndpointId}): {exception.Message}", exception);
        }

        attachment.Aim(target, attachment.Sockets.Select(bound => bound.Port));
    }

    public void Open(Attachment attachment)
    {
        firewall.Add(attachment.Translations);
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

        firewall.Remove(attachment.Translations);
        attachment.StopProxies();
        if (attachment.Sockets.Count == 0) Bind(attachment, request, target);
        else attachment.Aim(target, attachment.Sockets.Select(bound => bound.Port));
        Open(attachment);
    }

    public void Close(Attachment attachment)
    {
        firewall.Remove(attachment.Translations);
        attachment.Dispose();
        foreach (var bound in attachment.Sockets) ports.Release(bound);
        attachment.Sockets.Clear();
        attachment.Abandon();
    }
}
