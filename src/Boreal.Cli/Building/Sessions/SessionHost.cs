using Boreal.BuildWire.Protocol;
using Boreal.BuildWire.Protocol.Health;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Offers;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.Session;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Answers what the daemon asks during a build, until it is disposed of.</summary>
internal sealed class SessionHost : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly RpcResponder _responder;

    private SessionHost(string id, Stream stream, RpcResponder responder) => (Id, _stream, _responder) = (id, stream, responder);

    public string Id { get; }

    public static async Task<SessionHost> OpenAsync(CliContext context, BuildOrder order, OutputTargets targets, CancellationToken cancellationToken)
    {
        var methods = Methods(context, order.Offer, targets);
        var id = Guid.NewGuid().ToString("n");
        var stream = await context.Client.Builds.OpenSessionAsync(id, order.SharedKey, methods.Keys, cancellationToken);
        return new SessionHost(id, stream, await RpcResponder.StartAsync(stream, methods, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _responder.DisposeAsync();
        await _stream.DisposeAsync();
    }

    private static Dictionary<string, Func<RpcRequest, CancellationToken, Task>> Methods(CliContext context, BuildOffer offer, OutputTargets targets)
    {
        var methods = new Dictionary<string, Func<RpcRequest, CancellationToken, Task>>(StringComparer.Ordinal)
        {
            [SessionMethods.CheckHealth] = static async (request, cancellationToken) =>
                await request.WriteAsync(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving }, cancellationToken),
            [SessionMethods.Credentials] = new CredentialAnswers(context).GiveAsync,
        };
        if (offer.Folders.Count > 0) methods[SessionMethods.ReadFiles] = new FolderAnswers(offer.Folders).SendAsync;
        if (offer.Secrets.Count > 0) methods[SessionMethods.GetSecret] = new SecretAnswers(offer.Secrets).GiveAsync;
        if (offer.Uploads.Count > 0) methods[SessionMethods.Upload] = new UploadAnswers(offer.Uploads).SendAsync;
        if (!targets.IsEmpty) methods[SessionMethods.SendFiles] = targets.ReceiveAsync;
        if (offer.Layouts.Count > 0)
        {
            var content = new ContentAnswers(offer.Layouts);
            methods[SessionMethods.DescribeContent] = content.DescribeAsync;
            methods[SessionMethods.ReadContent] = content.ReadAsync;
            methods[SessionMethods.WriteContent] = content.WriteAsync;
        }

        if (offer.Agents.Count > 0)
        {
            var agents = new AgentAnswers(offer.Agents);
            methods[SessionMethods.CheckAgent] = agents.CheckAsync;
            methods[SessionMethods.ForwardAgent] = agents.ForwardAsync;
        }

        return methods;
    }
}
