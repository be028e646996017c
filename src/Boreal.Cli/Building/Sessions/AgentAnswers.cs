using System.Net.Sockets;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Files;
using Boreal.BuildWire.Protocol.Ssh;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Lets a build use SSH agents: to list keys and to sign. What would change an agent is refused here.</summary>
internal sealed class AgentAnswers(IReadOnlyDictionary<string, string> agents)
{
    private const string DefaultId = "default";
    private const int Chunk = 32 * 1024;

    public async Task CheckAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        Find((await request.ReadOnlyAsync(CheckAgentRequest.Parser, cancellationToken)).ID);
        await request.WriteAsync(new CheckAgentResponse(), cancellationToken);
    }

    public async Task ForwardAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Find(request.Metadata("buildkit.ssh.id") is [var id, ..] ? id : "")), cancellationToken);
        var requests = new AgentRequests();
        await SideBySide.RunAsync(
            cancellationToken,
            async stop =>
            {
                while (await request.ReadAsync(stop))
                {
                    requests.Add(BytesMessage.Parser.ParseFrom(request.Payload).Data.Span);
                    while (requests.TryTake(out var allowed)) await socket.SendAsync(allowed, stop);
                }

                socket.Shutdown(SocketShutdown.Send);
            },
            async stop =>
            {
                var buffer = new byte[Chunk];
                for (int count; (count = await socket.ReceiveAsync(buffer, stop)) > 0;)
                    await request.WriteAsync(new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count)) }, stop);
            });
    }

    private string Find(string id) => agents.TryGetValue(id.Length is 0 ? DefaultId : id, out var socket)
        ? socket
        : throw new RpcException(new Status(StatusCode.NotFound, $"unset ssh forward key {(id.Length is 0 ? DefaultId : id)}"));
}
