using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>The host ports that services have for themselves, so that they keep them while containers come and go.</summary>
internal sealed class ServicePorts(PortBinder binder, HostNetwork host, TimeProvider time)
{
    /// <summary>Takes what is asked for and not had, all or nothing.</summary>
    /// <exception cref="Errors.EngineException">A port is in use, in Docker's words.</exception>
    public void Take(Group group, BalanceSpec spec)
    {
        var taken = new List<(BalancedPort Asked, HeldPort Held)>();
        try
        {
            foreach (var asked in spec.Ports.Where(asked => !group.Ports.Exists(port => IsFor(asked, port.Asked))))
            {
                foreach (var held in binder.Bind(new NetworkSpec { Mode = "", Published = [asked.Published] }, group.Name, bind: null, knowsIPv6: true, asked.IsHosted))
                    taken.Add((asked, held));
            }
        }
        catch
        {
            foreach (var (_, held) in taken) binder.Release(held);
            throw;
        }

        group.Ports.AddRange(taken);
    }

    /// <summary>Gives back what is not asked for any more, and serves the rest as asked.</summary>
    public void Settle(Group group)
    {
        var asked = group.Spec?.Ports ?? [];
        foreach (var port in group.Ports.ToList())
        {
            if (asked.FirstOrDefault(one => IsFor(one, port.Asked)) is { } wanted)
            {
                binder.SetHosted(port.Held.Host, wanted.IsHosted);
                port.Held.Host.Serve(host, time);
                continue;
            }

            binder.Release(port.Held);
            group.Ports.Remove(port);
        }
    }

    /// <summary>After a restart: the ports a service had. What cannot be held again is told by <paramref name="lost"/>.</summary>
    public void TakeOver(Group group, IReadOnlyList<BoundPort> ports, Action<BoundPort, string> lost)
    {
        foreach (var held in binder.Rebind(ports, group.Name, lost))
        {
            var asked = group.Spec?.Ports.FirstOrDefault(asked => asked.ContainerPort == held.Port.ContainerPort && (asked.Number == 0 || asked.Number == held.Port.HostPort));
            if (asked is null) binder.Release(held);
            else group.Ports.Add((asked, held));
        }
    }

    /// <summary>A running container that published ports for itself shares them with the group from now on.</summary>
    public void Adopt(Attachment attachment, string group)
    {
        attachment.Group = group;
        foreach (var held in attachment.Held) binder.Share(held, group);
    }

    private static bool IsFor(BalancedPort one, BalancedPort other) => one with { IsHosted = false } == other with { IsHosted = false };
}
