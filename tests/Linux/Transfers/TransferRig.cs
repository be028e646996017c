using System.Collections.Concurrent;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Measuring;
using Boreal.Engine.Transfers;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Images;
using Boreal.Tests.Linux.Images;

namespace Boreal.Tests.Linux.Transfers;

/// <summary>Image rooms with a client of registries, and a registry.</summary>
internal sealed class TransferRig : IAsyncDisposable
{
    private readonly StorageRig _storage = new();
    private readonly RegistryClient _client = new(
        new RegistryHosts(new RegistryHostsOptions()), new RegistryClientOptions { Attempts = 2, RetryDelay = TimeSpan.FromMilliseconds(5), Proxy = null }, TimeProvider.System);

    private ImageTransfers? _transfers;

    public TransferOptions Options { get; init; } = new();

    public RemoteRegistry Registry { get; } = new();

    public ImageStore Images => _storage.Storage.Images;

    public StorageRig Storage => _storage;

    public string ContentFolder => Path.Combine(_storage.Paths.DataRoot, "content");

    private ImageTransfers Transfers => _transfers ??= new ImageTransfers(_storage.Storage, _client, Options, new EngineWork(TimeProvider.System), TimeProvider.System);

    /// <summary>As after the daemon's death.</summary>
    public async Task ReopenAsync()
    {
        _transfers?.Dispose();
        _transfers = null;
        await _storage.ReopenAsync();
        await _storage.Storage.Snapshots.StartAsync(new HashSet<Engine.Containers.ContainerId>(), CancellationToken.None);
    }

    /// <summary>Pulls <c>name:tag</c> of the registry; what was told, as <c>id: status</c>.</summary>
    public Task<IReadOnlyList<string>> PullAsync(string name, string? platform = null) => PullUntilAsync(name, platform, TestContext.Current.CancellationToken);

    /// <summary>As <see cref="PullAsync"/>, for who does not want to wait.</summary>
    public async Task<IReadOnlyList<string>> PullUntilAsync(string name, string? platform, CancellationToken cancelled)
    {
        var told = new ConcurrentQueue<string>();
        var request = new PullRequest { Reference = ImageStore.ParseReference($"{Registry.Address}/{name}"), Platform = platform is null ? null : PlatformChoice.Parse(platform) };
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancelled, TestContext.Current.CancellationToken);
        await Transfers.Puller.PullAsync(request, notice => told.Enqueue(Text(notice)), both.Token);
        return [.. told];
    }

    public async Task<IReadOnlyList<string>> PushAsync(string name, RemoteRegistry? registry = null)
    {
        var told = new ConcurrentQueue<string>();
        var reference = ImageStore.ParseReference($"{(registry ?? Registry).Address}/{name}");
        await Transfers.Pusher.PushAsync(new PushRequest(reference, null), notice => told.Enqueue(Text(notice)), TestContext.Current.CancellationToken);
        return [.. told];
    }

    public async Task<EngineException> RefusedAsync(string name, string? platform = null) =>
        await Assert.ThrowsAsync<EngineException>(() => PullAsync(name, platform));

    public Image Find(string name) => Images.Find($"{Registry.Address}/{name}");

    /// <summary>Files that blobs take, whole and partial.</summary>
    public IReadOnlyList<string> BlobFiles() => [.. Directory.EnumerateFiles(ContentFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(ContentFolder, file)).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        _transfers?.Dispose();
        await Registry.DisposeAsync();
        _client.Dispose();
        await _storage.DisposeAsync();
    }

    private static string Text(TransferNotice notice) => notice.Id is null ? notice.Status : $"{notice.Id}: {notice.Status}";
}
