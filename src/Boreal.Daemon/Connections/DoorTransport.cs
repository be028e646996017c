using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Boreal.Daemon.Connections;

/// <summary>Kestrel's transport here: connections that read on demand, survive a client's half-close and can be handed over whole.</summary>
internal sealed class DoorTransport(CancellationToken stopping) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is ListeningEndPoint listening
            ? ValueTask.FromResult<IConnectionListener>(new DoorListener(listening, stopping))
            : throw new NotSupportedException($"cannot listen on {endpoint}: its socket was not opened");
}
