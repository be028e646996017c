using Boreal.Ingress.Routing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Boreal.Ingress.Forwarding;

/// <summary>What Kestrel calls for each request.</summary>
internal sealed class IngressApplication(RequestForwarder forwarder) : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        var kept = contextFeatures as IHostContextContainer<Exchange>;
        var exchange = kept?.HostContext ?? new Exchange();
        kept?.HostContext = exchange;
        exchange.Begin(contextFeatures);
        return exchange;
    }

    public Task ProcessRequestAsync(Exchange context)
    {
        var request = context.Http.Request;
        var entry = context.Http.Features.Get<IEntry>();
        return forwarder.ForwardAsync(context, entry?.Find(request.Host.Host, request.Path) ?? default);
    }

    public void DisposeContext(Exchange context, Exception? exception) => context.End();
}
