using System.Globalization;
using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol;
using Boreal.BuildWire.Protocol.Auth;
using Boreal.BuildWire.Protocol.Secrets;
using Boreal.BuildWire.Protocol.Ssh;
using Boreal.BuildWire.Rpc;
using Boreal.Linux.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Build.Session;

/// <summary>A build's client by its session. Found when first asked: a build that needs nothing of its client needs no session.</summary>
/// <param name="sessions">All there are.</param>
/// <param name="contexts">Where received folders are kept.</param>
/// <param name="session">The build's own session.</param>
/// <param name="folders">Folders that belong to another session, by their names.</param>
internal sealed class SessionClient(SessionRegistry sessions, ContextStore contexts, string session, IReadOnlyDictionary<string, string> folders) : IBuildClient
{
    public async Task<ContextFolder> OpenFolderAsync(ContextFilter filter, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(folders.GetValueOrDefault(filter.Name, session), cancellationToken);
        // Without a shared key nothing tells one client's folder from another's of the same name.
        var key = client.SharedKey.Length == 0 ? client.Id : client.SharedKey;
        var folder = contexts.Open($"{filter.Name}:{filter.Purpose}:{key}", $"local source for {filter.Name}");
        try
        {
            await ContextReceiver.ReceiveAsync(client, filter, folder, progress, cancellationToken);
            return folder;
        }
        catch (Exception e)
        {
            // What came so far would leave no room for anybody to work in.
            if (e is LinuxException { Errno: Errno.ENOSPC } or IOException { HResult: Errno.ENOSPC })
                contexts.Empty(folder);
            folder.Dispose();
            if (Explain(e) is { } reason)
                throw new BuildException(reason, e);
            throw;
        }
    }

    public async Task<Stream> OpenUploadAsync(string id, CancellationToken cancellationToken) =>
        await OpenBytesAsync(SessionMethods.Upload, [new HeaderField("urlpath", $"/{id}")], mustArrive: false, cancellationToken);

    public async Task<byte[]?> GetSecretAsync(string id, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(session, cancellationToken);
        if (!client.Answers(SessionMethods.GetSecret))
            return null;
        try
        {
            var response = await client.Calls.CallAsync(SessionMethods.GetSecret, new GetSecretRequest { ID = id }, GetSecretResponse.Parser, cancellationToken);
            return response.Data.ToByteArray();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.Unimplemented)
        {
            return null;
        }
    }

    public async Task<bool> HasSshAgentAsync(string id, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(session, cancellationToken);
        if (!client.Answers(SessionMethods.CheckAgent))
            return false;
        try
        {
            await client.Calls.CallAsync(SessionMethods.CheckAgent, new CheckAgentRequest { ID = id }, CheckAgentResponse.Parser, cancellationToken);
            return true;
        }
        catch (RpcException e) when (e.StatusCode is not (StatusCode.Unavailable or StatusCode.Cancelled))
        {
            // The client offers others only.
            return false;
        }
    }

    public Task<Stream> OpenSshAgentAsync(string id, CancellationToken cancellationToken) =>
        OpenBytesAsync(SessionMethods.ForwardAgent, [new HeaderField("buildkit.ssh.id", id)], mustArrive: false, cancellationToken);

    public async Task<BuildCredentials?> GetCredentialsAsync(string host, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(session, cancellationToken);
        if (!client.Answers(SessionMethods.Credentials))
            return null;
        var response = await client.Calls.CallAsync(SessionMethods.Credentials, new CredentialsRequest { Host = host }, CredentialsResponse.Parser, cancellationToken);
        return response.Secret.Length == 0 ? null : new BuildCredentials(response.Username, response.Secret);
    }

    public Task<Stream> CreateFileAsync(int export, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        OpenBytesAsync(SessionMethods.SendFiles, [Target(export), .. metadata.Select(pair => new HeaderField($"exporter-md-{pair.Key}", pair.Value))], mustArrive: true, cancellationToken);

    public async Task SendFolderAsync(int export, string folder, DateTimeOffset? time, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(session, cancellationToken);
        client.Require(SessionMethods.SendFiles, "sending a folder");
        await using var call = await client.Calls.OpenAsync(SessionMethods.SendFiles, [Target(export)], cancellationToken);
        using var tree = new SentTree(folder, time);
        using var sender = new FolderSender(call, tree, progress);
        await sender.SendAsync(cancellationToken);
        await call.FinishSendingAsync(cancellationToken);
    }

    public async Task<IClientContent> OpenContentAsync(string store, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(session, cancellationToken);
        client.Require(SessionMethods.ReadContent, "exchanging blobs");
        return new ClientContent(client.Calls, store);
    }

    /// <summary>Null when it is not the client's doing.</summary>
    private static string? Explain(Exception failure) => failure switch
    {
        ContextException or InvalidProtocolBufferException => failure.Message,
        RpcException rpc => rpc.Status.Detail,
        Http2Exception => $"the client's session ended: {failure.Message}",
        _ => null,
    };

    private async Task<Stream> OpenBytesAsync(string method, IEnumerable<HeaderField> metadata, bool mustArrive, CancellationToken cancellationToken)
    {
        var client = await sessions.FindAsync(session, cancellationToken);
        client.Require(method, "exchanging bytes");
        return new ByteStream(await client.Calls.OpenAsync(method, metadata, cancellationToken), mustArrive);
    }

    private static HeaderField Target(int export) => new("buildkit-attachable-exporter-id", export.ToString(CultureInfo.InvariantCulture));
}
