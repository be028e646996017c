using Boreal.BuildWire.Protocol.Secrets;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Offers;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Gives the secrets that were named, and no others.</summary>
internal sealed class SecretAnswers(IReadOnlyDictionary<string, SecretSource> secrets)
{
    public async Task GiveAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var id = (await request.ReadOnlyAsync(GetSecretRequest.Parser, cancellationToken)).ID;
        if (!secrets.TryGetValue(id, out var source)) throw new RpcException(new Status(StatusCode.NotFound, $"secret {id}: not found"));
        await request.WriteAsync(new GetSecretResponse { Data = UnsafeByteOperations.UnsafeWrap(source.Read()) }, cancellationToken);
    }
}
