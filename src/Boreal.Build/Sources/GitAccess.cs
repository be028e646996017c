using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Running;
using Boreal.Engine.State;

namespace Boreal.Build.Sources;

/// <summary>
/// What opens a repository's door: tokens and headers of the client, in git's environment and in no argument, or the client's agent.
/// Secrets go to the repository's own host only.
/// </summary>
internal sealed class GitAccess : IAsyncDisposable
{
    private const string TokenSecret = "GIT_AUTH_TOKEN";
    private const string HeaderSecret = "GIT_AUTH_HEADER";
    private const string DefaultAgent = "default";
    private const uint SocketMode = 0x180; // 0600

    private readonly List<string> _environment = [];
    private AgentSocket? _agent;

    private GitAccess()
    {
    }

    public IReadOnlyList<string> Environment => _environment;

    /// <param name="remote">The repository, as git takes it.</param>
    /// <param name="client">Who has the secrets.</param>
    /// <param name="paths">Where sockets and lists of known hosts may be.</param>
    /// <param name="cancellationToken">Ends asking.</param>
    public static async Task<GitAccess> OpenAsync(string remote, IBuildClient client, NodePaths paths, CancellationToken cancellationToken)
    {
        var access = new GitAccess();
        if (Uri.TryCreate(remote, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            await access.AddHeaderAsync(address, client, cancellationToken);
        else if (!remote.StartsWith("git://", StringComparison.OrdinalIgnoreCase))
            await access.AddAgentAsync(client, paths, cancellationToken);
        return access;
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
            await _agent.DisposeAsync();
    }

    private async Task AddHeaderAsync(Uri address, IBuildClient client, CancellationToken cancellationToken)
    {
        if (await HeaderAsync(address.Host, client, cancellationToken) is not { } header)
            return;
        var site = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        _environment.AddRange(["GIT_CONFIG_COUNT=1", $"GIT_CONFIG_KEY_0=http.{site}/.extraheader", $"GIT_CONFIG_VALUE_0=Authorization: {header}"]);
    }

    private static async Task<string?> HeaderAsync(string host, IBuildClient client, CancellationToken cancellationToken)
    {
        if (await SecretAsync(HeaderSecret, host, client, cancellationToken) is { } header)
            return header;
        return await SecretAsync(TokenSecret, host, client, cancellationToken) is { } token
            ? "basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))
            : null;
    }

    // One that is for this host alone goes first.
    private static async Task<string?> SecretAsync(string id, string host, IBuildClient client, CancellationToken cancellationToken)
    {
        var secret = await client.GetSecretAsync($"{id}.{host}", cancellationToken) ?? await client.GetSecretAsync(id, cancellationToken);
        // A line break in a header would be another header.
        return secret is null ? null : Encoding.UTF8.GetString(secret).Trim().ReplaceLineEndings("");
    }

    private async Task AddAgentAsync(IBuildClient client, NodePaths paths, CancellationToken cancellationToken)
    {
        var known = Path.Combine(Directory.CreateDirectory(GitMirrors.RootOf(paths)).FullName, "known_hosts");
        // A host is taken as it is the first time; who changes its key afterwards is refused.
        _environment.Add($"GIT_SSH_COMMAND=ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o 'UserKnownHostsFile=\"{known}\"'");
        if (!await client.HasSshAgentAsync(DefaultAgent, cancellationToken))
            return;
        _agent = AgentSocket.Open(paths, client, DefaultAgent, (SocketMode, 0, 0));
        _environment.Add($"SSH_AUTH_SOCK={_agent.Path}");
    }
}
