using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Graph;
using Boreal.Build.Sources;
using Boreal.BuildWire.Paths;
using Boreal.Notation;
using Boreal.Oci.Content;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Sources of ADD that are neither in a context nor in a stage.</summary>
internal static class RemoteFile
{
    private const string NameWithoutPath = "__unnamed__";

    public static bool HasWebScheme(string source) =>
        source.StartsWith("http://", StringComparison.Ordinal) || source.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>One file behind a URL, rather than a repository.</summary>
    public static bool IsUrl(string source) => HasWebScheme(source) && GitReferenceReader.Read(source) is null;

    /// <returns>Null when the source is a path.</returns>
    /// <exception cref="FormatException">The address and the flags contradict each other.</exception>
    public static (Operation Source, string Path)? TryPlan(string source, AddInstruction instruction, Provenance provenance)
    {
        if (GitReferenceReader.Read(source) is { MayBeLocal: false } repository) return (Repository(repository, instruction, provenance), "/");
        if (!IsUrl(source)) return null;
        var name = NameOf(source);
        if (instruction.Checksum.Length > 0 && !Digest.TryParse(instruction.Checksum, out _)) throw new FormatException("invalid checksum digest format");
        return (new HttpOperation { Url = source, FileName = name, Checksum = instruction.Checksum, Provenance = provenance }, "/" + name);
    }

    private static GitOperation Repository(GitReference repository, AddInstruction instruction, Provenance provenance)
    {
        if (instruction.KeepsGitFolder is { } asked && repository.KeepsGitFolder is { } said && asked != said)
            throw new FormatException("inconsistent keep-git-dir configuration");
        if (instruction.Checksum.Length > 0 && repository.Checksum.Length > 0 && instruction.Checksum != repository.Checksum)
            throw new FormatException($"checksum mismatch {GoText.Quote(instruction.Checksum)} != {GoText.Quote(repository.Checksum)}");
        return new GitOperation
        {
            Repository = repository,
            KeepsGitFolder = repository.KeepsGitFolder ?? instruction.KeepsGitFolder ?? false,
            Checksum = repository.Checksum.Length > 0 ? repository.Checksum : instruction.Checksum,
            Provenance = provenance,
        };
    }

    private static string NameOf(string url)
    {
        var end = url.IndexOfAny(['?', '#']);
        var address = end < 0 ? url : url[..end];
        var path = address.IndexOf('/', address.IndexOf("//", StringComparison.Ordinal) + 2);
        var name = path < 0 ? "/" : SlashPath.Base(Uri.UnescapeDataString(address[path..]));
        return name is "/" or "." ? NameWithoutPath : name;
    }
}
