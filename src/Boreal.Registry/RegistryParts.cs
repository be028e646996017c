using Boreal.Registry.Blobs;
using Boreal.Registry.Collection;
using Boreal.Registry.Listing;
using Boreal.Registry.Manifests;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Referrers;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Boreal.Registry.Uploads;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry;

/// <summary>What a registry is made of, put together.</summary>
internal sealed class RegistryParts
{
    public RegistryParts(RegistryOptions options, TimeProvider clock, ILogger logger, IAccess access, Func<RegistryParts, IOrigin>? origin)
    {
        var paths = new DataPaths(options.DataRoot);
        var locks = new BlobLocks();
        Access = access;
        var syncs = Syncs = new BlobSyncs(paths, logger);
        Content = new BlobStore(paths, locks, syncs, options, clock);
        Repositories = new RepositoryStore(paths, Content, options);
        Uploads = new UploadStore(paths, options, clock);
        Receiver = new UploadReceiver(Uploads, Content, Repositories, options, clock);
        ManifestContent = new ManifestStore(Repositories, Content, syncs, paths, options);
        Rescue = new BlobRescue(paths, syncs, Repositories, logger);
        Origin = origin?.Invoke(this);

        Blobs = new BlobEndpoints(Content, Repositories, access, Origin, options);
        UploadRequests = new UploadEndpoints(Uploads, Receiver, new BlobMounts(Content, Repositories, access), access, Origin);
        var manifestReceiver = new ManifestReceiver(ManifestContent, new PushWarnings(paths), options, clock);
        Manifests = new ManifestEndpoints(Repositories, Content, ManifestContent, manifestReceiver, access, Origin, options);
        Lists = new ListEndpoints(Repositories, access, Origin);
        Referrers = new ReferrersEndpoint(Repositories, access, Origin);
        Extensions = new ExtensionEndpoint(access);
        var collector = new Collector(Repositories, new BlobSweeper(paths, locks, options, clock), Uploads, ManifestContent, paths, logger);
        Collection = new CollectionEndpoint(collector, access);
        Housekeeping = new Housekeeping(Uploads, collector, options, clock, logger);
    }

    public IAccess Access { get; }

    public IOrigin? Origin { get; }

    public BlobStore Content { get; }

    public RepositoryStore Repositories { get; }

    public UploadStore Uploads { get; }

    public UploadReceiver Receiver { get; }

    public ManifestStore ManifestContent { get; }

    public BlobEndpoints Blobs { get; }

    public UploadEndpoints UploadRequests { get; }

    public ManifestEndpoints Manifests { get; }

    public ListEndpoints Lists { get; }

    public ReferrersEndpoint Referrers { get; }

    public ExtensionEndpoint Extensions { get; }

    public CollectionEndpoint Collection { get; }

    public BlobSyncs Syncs { get; }

    public BlobRescue Rescue { get; }

    public Housekeeping Housekeeping { get; }
}
