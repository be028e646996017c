using System.Net.Sockets;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>Debian's docker-registry (the reference server) on a port and a directory of its own.</summary>
public sealed class DebianRegistry : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RunningCommand _process;
    private readonly string _host;

    private DebianRegistry(RegistryOptions options)
    {
        _host = options.Host;
        Port = FreePort.Find();
        File.WriteAllText(_directory.File("config.yml"), Config(options));
        File.WriteAllText(_directory.File("htpasswd"), RegistryOptions.PasswordFileLine + "\n");
        _process = Command.Of(Requirements.Program("docker-registry", "docker-registry"), "serve", _directory.File("config.yml")).Start();
    }

    public int Port { get; }

    /// <summary>Host and port, as image names begin.</summary>
    public string Address => $"{_host}:{Port}";

    public int Pid => _process.Pid;

    /// <summary>The file that holds a blob or manifest, for tests that change what is served.</summary>
    public string BlobPath(string digest)
    {
        var hex = digest[(digest.IndexOf(':') + 1)..];
        return _directory.File($"data/docker/registry/v2/blobs/sha256/{hex[..2]}/{hex}/data");
    }

    public static async Task<DebianRegistry> StartAsync(RegistryOptions? options = null)
    {
        var registry = new DebianRegistry(options ?? new RegistryOptions());
        await Eventually.HoldsAsync(registry.ListensAsync, "docker-registry listens");
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<bool> ListensAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"docker-registry ended\n{_process.Stderr}");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_host, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Config(RegistryOptions options)
    {
        var lines = new List<string>
        {
            "version: 0.1",
            "log: {level: error, accesslog: {disabled: true}}",
            $"storage: {{filesystem: {{rootdirectory: {_directory.File("data")}}}, delete: {{enabled: true}}}}",
            $"http: {{addr: {Address}, secret: x{(options.Authority is { } authority ? $", tls: {{certificate: {authority.CertificatePath}, key: {authority.KeyPath}}}" : "")}}}",
        };
        if (options.HasAccount) lines.Add($"auth: {{htpasswd: {{realm: test, path: {_directory.File("htpasswd")}}}}}");
        if (options.Tokens is { } tokens)
            lines.Add($"auth: {{token: {{realm: '{tokens.Realm}', service: '{tokens.Service}', issuer: '{tokens.Issuer}', rootcertbundle: {tokens.CertificatePath}}}}}");
        return string.Join('\n', lines) + "\n";
    }
}
