using Boreal.Build.Contexts;

namespace Boreal.Build.Builds;

/// <summary>
/// What a build may ask of whoever wants it. Everything is asked when it is needed and not before, and nothing of a secret is kept
/// by the one who answers.
/// </summary>
internal interface IBuildClient
{
    /// <summary>The client's folder, brought here; nobody else uses it until it is disposed of.</summary>
    Task<ContextFolder> OpenFolderAsync(ContextFilter filter, IProgress<long> progress, CancellationToken cancellationToken);

    /// <summary>What the client was given on its standard input: an archive or a Dockerfile.</summary>
    Task<Stream> OpenUploadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Null when the client has no such secret.</summary>
    Task<byte[]?> GetSecretAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether the client offers the agent or keys of that id ("default" when none is named).</summary>
    Task<bool> HasSshAgentAsync(string id, CancellationToken cancellationToken);

    /// <summary>One conversation with it.</summary>
    Task<Stream> OpenSshAgentAsync(string id, CancellationToken cancellationToken);

    /// <summary>Null when the client has none for the host.</summary>
    Task<BuildCredentials?> GetCredentialsAsync(string host, CancellationToken cancellationToken);

    /// <summary>A file at the client that an export fills; disposing the stream without an exception completes it.</summary>
    Task<Stream> CreateFileAsync(int export, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);

    /// <summary>Copies a folder into the client's; with a time, that is the time of all of it.</summary>
    Task SendFolderAsync(int export, string folder, DateTimeOffset? time, IProgress<long> progress, CancellationToken cancellationToken);

    /// <summary>Blobs that the client keeps in a folder: an image layout, or a cache of builds.</summary>
    Task<IClientContent> OpenContentAsync(string store, CancellationToken cancellationToken);
}
