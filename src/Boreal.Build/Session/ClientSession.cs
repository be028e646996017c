using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Rpc;
using Boreal.Engine.Errors;

namespace Boreal.Build.Session;

/// <summary>A client that waits for questions: where builds get its files, secrets and credentials.</summary>
internal sealed class ClientSession(SessionOffer offer, Http2Connection connection)
{
    public string Id => offer.Id;

    public string SharedKey => offer.SharedKey;

    public RpcClient Calls { get; } = new(connection);

    /// <summary>Cancelled when the client has left.</summary>
    public CancellationToken Ended => connection.Ended;

    public bool Answers(string method) => offer.Methods.Contains(method);

    /// <summary>Throws when the client did not offer <paramref name="method"/>.</summary>
    public void Require(string method, string purpose)
    {
        if (!Answers(method))
            throw new EngineException(ErrorKind.Invalid, $"{purpose}: the client does not offer {method}");
    }
}
