using Boreal.Build.Graph;
using Boreal.Build.Sources;
using Boreal.BuildWire.Paths;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Attributes;

/// <summary>Where a build's Dockerfile and main context are, as BuildKit's clients say it.</summary>
public sealed record ContextAttributes
{
    private const string DefaultFileName = "Dockerfile";
    private const string DefaultContextKey = "context";
    private const string DefaultDefinitionName = "dockerfile";
    private const string IgnoreSuffix = ".dockerignore";

    private ContextAttributes()
    {
    }

    /// <summary>The Dockerfile's path in the definition, or in the remote context.</summary>
    public string FileName { get; private init; } = DefaultFileName;

    /// <summary>The client's name of the folder with the Dockerfile.</summary>
    public string DefinitionName { get; private init; } = DefaultDefinitionName;

    /// <summary>The Dockerfile comes from the client although the context does not.</summary>
    public bool HasOwnDefinition { get; private init; }

    /// <summary>All that it was read from.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>A repository or a URL instead of the client's folder; what a URL gives may be an archive, or the Dockerfile itself.</summary>
    public Operation? Remote { get; private init; }

    /// <summary>The folder of the remote context to use; empty for all of it.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>The files that tell what to build: the Dockerfile and the ignore file that goes with it.</summary>
    public LocalOperation Definition => new()
    {
        Name = DefinitionName,
        SharedKey = DefinitionName,
        FollowedPaths = DefinitionFiles(),
        Provenance = new Provenance($"[internal] load build definition from {FileName}"),
    };

    /// <exception cref="FormatException">The context is a repository, but what of it is unclear.</exception>
    public static ContextAttributes Read(IReadOnlyDictionary<string, string> attributes)
    {
        var context = attributes.GetValueOrDefault(attributes.GetValueOrDefault("contextkey", DefaultContextKey), "");
        return new ContextAttributes
        {
            Attributes = attributes,
            FileName = attributes.GetValueOrDefault("filename", DefaultFileName),
            DefinitionName = attributes.GetValueOrDefault("dockerfilekey", DefaultDefinitionName),
            HasOwnDefinition = attributes.ContainsKey("dockerfilekey"),
            Folder = attributes.GetValueOrDefault("contextsubdir", ""),
            Remote = (Operation?)Repository(context, attributes) ?? Url(context),
        };
    }

    /// <summary>The context that COPY sees, once it is known what the remote one is.</summary>
    /// <param name="isArchive">What a URL gave is an archive, whose files are the context.</param>
    public Operation? MainContext(bool isArchive)
    {
        if (Remote is not { } tree) return null;
        if (isArchive) tree = Copy(tree, "/" + ((tree as HttpOperation)?.FileName ?? ""), unpacks: true);
        return Folder.Length > 0 ? Copy(tree, SlashPath.Join("/", Folder), unpacks: false) : tree;
    }

    private List<string> DefinitionFiles()
    {
        var files = new List<string> { FileName, FileName + IgnoreSuffix };
        // Docker finds the default file in small letters too.
        if (SlashPath.Base(FileName) == DefaultFileName) files.Add(SlashPath.Join(SlashPath.Directory(FileName), DefaultDefinitionName));
        return files;
    }

    private static GitOperation? Repository(string context, IReadOnlyDictionary<string, string> attributes)
    {
        if (context.Length == 0 || GitReferenceReader.Read(context) is not { } repository) return null;
        var keepsByArgument = GoNumbers.TryParseBoolean(attributes.GetValueOrDefault("build-arg:BUILDKIT_CONTEXT_KEEP_GIT_DIR", ""), out var asked) && asked;
        return new GitOperation
        {
            Repository = repository,
            KeepsGitFolder = keepsByArgument || (repository.KeepsGitFolder ?? false),
            Checksum = repository.Checksum,
            Provenance = new Provenance($"[internal] load git source {context}"),
        };
    }

    private static HttpOperation? Url(string context)
    {
        var isUrl = context.StartsWith("http://", StringComparison.Ordinal) || context.StartsWith("https://", StringComparison.Ordinal);
        return isUrl ? new HttpOperation { Url = context, FileName = DefaultContextKey, Provenance = new Provenance("[internal] load remote build context") } : null;
    }

    private static FileOperation Copy(Operation tree, string path, bool unpacks) => new()
    {
        Actions = [new CopyAction { Source = tree, SourcePath = path, Destination = "/", Unpacks = unpacks, FollowsLinks = !unpacks }],
        Provenance = new Provenance($"copy {path} /"),
    };
}
