using Boreal.Engine.Containers;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>Balances services by their specs. What a call asks for is in force when it returns, and stays in force over restarts of this process.</summary>
public sealed class ServiceBalancer(NetworkSandboxes sandboxes)
{
    /// <summary>Sets what is asked for a service, in place of what was. No new connection goes to who is not to get any, once it returns.</summary>
    public Task<BalanceStatus> ApplyAsync(BalanceSpec spec, CancellationToken cancellationToken) => Task.Run(() => sandboxes.Started.Balancer.Apply(spec), cancellationToken);

    /// <summary>Nothing is asked for a service any more; no error when nothing was.</summary>
    public Task RemoveAsync(string service, CancellationToken cancellationToken) => Task.Run(() => sandboxes.Started.Balancer.Remove(service), cancellationToken);

    /// <summary>What is in force; null when nothing was ever asked.</summary>
    public BalanceStatus? Find(string service) => sandboxes.Started.Balancer.Find(service);

    /// <summary>
    /// The connections clients have to the service's running containers by its ports and virtual addresses. Datagrams have
    /// none, nor has who connects to a container's own address.
    /// </summary>
    public Task<IReadOnlyDictionary<ContainerId, int>> CountConnectionsAsync(string service, CancellationToken cancellationToken) =>
        Task.Run(() => OpenConnections.Of(sandboxes.Started, sandboxes.Started.Balancer.MembersOf(service)), cancellationToken);

    /// <summary>As <see cref="CountConnectionsAsync(string, CancellationToken)"/>, of every service by one look at the kernel's table.</summary>
    public Task<IReadOnlyDictionary<string, int>> CountConnectionsAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyDictionary<string, int>>(() =>
    {
        var services = sandboxes.Started.Balancer.MembersByService();
        var counts = OpenConnections.Of(sandboxes.Started, [.. services.SelectMany(members => members)]);
        return services.ToDictionary(members => members.Key, members => members.Sum(member => counts[member.Request.Id]), StringComparer.Ordinal);
    }, cancellationToken);
}
