using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Builds;

/// <summary>Where a build's result goes and what is told of it.</summary>
internal sealed class BuildOutputFlags
{
    public BuildOutputFlags(FlagSet flags)
    {
        Tags = flags.List("tag", 't', "Name and optionally a tag (format: \"name:tag\")");
        Outputs = flags.List("output", 'o', "Output destination (format: \"type=local,dest=path\")");
        Load = flags.Switch("load", '\0', "Shorthand for \"--output=type=docker\"");
        Push = flags.Switch("push", '\0', "Shorthand for \"--output=type=registry\"");
        Annotations = flags.List("annotation", '\0', "Add annotation to the image");
        Attestations = flags.List("attest", '\0', "Attestation parameters (format: \"type=sbom,generator=image\")");
        Provenance = flags.Text("provenance", '\0', "Shorthand for \"--attest=type=provenance\"");
        Sbom = flags.Text("sbom", '\0', "Shorthand for \"--attest=type=sbom\"");
        CacheTo = flags.List("cache-to", '\0', "Cache export destinations (e.g., \"user/app:cache\", \"type=local,dest=path/to/dir\")");
        IdFile = flags.Text("iidfile", '\0', "Write the image ID to the file");
        MetadataFile = flags.Text("metadata-file", '\0', "Write build result metadata to the file");
        Progress = flags.Add(new ValueFlag<string>("progress", '\0', "Set type of progress output. Use plain to show container output", Environment.GetEnvironmentVariable("BUILDKIT_PROGRESS") ?? "auto", text => text)
        {
            ValueName = "string",
            DefaultText = "\"auto\"",
            Candidates = ["auto", "plain", "tty", "quiet", "rawjson"],
        });
        Quiet = flags.Switch("quiet", 'q', "Suppress the build output and print image ID on success");
        Check = flags.Switch("check", '\0', "Shorthand for \"--call=check\"");
        Call = flags.Add(new ValueFlag<string>("call", '\0', "Set method for evaluating build (\"check\", \"outline\", \"targets\")", "build", text => text)
        {
            ValueName = "string",
            DefaultText = "\"build\"",
            Candidates = ["build", "check", "outline", "targets"],
        });
    }

    public ListFlag Tags { get; }

    public ListFlag Outputs { get; }

    public ValueFlag<bool> Load { get; }

    public ValueFlag<bool> Push { get; }

    public ListFlag Annotations { get; }

    public ListFlag Attestations { get; }

    public ValueFlag<string> Provenance { get; }

    public ValueFlag<string> Sbom { get; }

    public ListFlag CacheTo { get; }

    public ValueFlag<string> IdFile { get; }

    public ValueFlag<string> MetadataFile { get; }

    public ValueFlag<string> Progress { get; }

    public ValueFlag<bool> Quiet { get; }

    public ValueFlag<bool> Check { get; }

    public ValueFlag<string> Call { get; }
}
