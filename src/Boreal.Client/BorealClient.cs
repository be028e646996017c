using Boreal.Client.Addresses;
using Boreal.Client.Apps;
using Boreal.Client.Builds;
using Boreal.Client.Containers;
using Boreal.Client.Execs;
using Boreal.Client.Images;
using Boreal.Client.Networks;
using Boreal.Client.Node;
using Boreal.Client.Transport;
using Boreal.Client.Volumes;

namespace Boreal.Client;

/// <summary>A client of one daemon that speaks the Docker Engine API. Safe for concurrent use.</summary>
public sealed class BorealClient : IAsyncDisposable
{
    private readonly ApiChannel _channel;

    public BorealClient(ClientOptions options)
    {
        Address = options.Address;
        _channel = new ApiChannel(options);
        Builds = new BuildClient(_channel);
        Apps = new AppClient(_channel);
        Containers = new ContainerClient(_channel);
        Archives = new ArchiveClient(_channel);
        Execs = new ExecClient(_channel);
        Images = new ImageClient(_channel);
        Networks = new NetworkClient(_channel);
        Node = new NodeClient(_channel);
        Volumes = new VolumeClient(_channel);
    }

    /// <summary>The newest API version this client knows.</summary>
    public static string NewestApiVersion => ApiChannel.NewestVersion;

    public DaemonAddress Address { get; }

    /// <summary>The API version in use; null before the first request.</summary>
    public string? ApiVersion => _channel.ApiVersion;

    public BuildClient Builds { get; }

    /// <summary>Services with replicas, kept as they are asked.</summary>
    public AppClient Apps { get; }

    public ContainerClient Containers { get; }

    /// <summary>Files in containers: stat, download, upload.</summary>
    public ArchiveClient Archives { get; }

    public ExecClient Execs { get; }

    public ImageClient Images { get; }

    public NetworkClient Networks { get; }

    public NodeClient Node { get; }

    public VolumeClient Volumes { get; }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
