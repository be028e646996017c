using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Builds;

/// <summary>What a build is made from, and what it may use of this machine.</summary>
internal sealed class BuildInputFlags
{
    public BuildInputFlags(FlagSet flags)
    {
        File = flags.Text("file", 'f', "Name of the Dockerfile (default: \"PATH/Dockerfile\"); - reads it from standard input");
        Arguments = flags.List("build-arg", '\0', "Set build-time variables");
        Contexts = flags.List("build-context", '\0', "Additional build contexts (e.g., name=path, name=docker-image://alpine)");
        Secrets = flags.List("secret", '\0', "Secret to expose to the build (format: \"id=mysecret[,src=/local/secret|,env=VARIABLE]\")");
        Agents = flags.List("ssh", '\0', "SSH agent socket or keys to expose to the build (format: \"default|<id>[=<socket>|<key>[,<key>]]\")");
        CacheFrom = flags.List("cache-from", '\0', "External cache sources (e.g., \"user/app:cache\", \"type=local,src=path/to/dir\")");
        NoCache = flags.Switch("no-cache", '\0', "Do not use cache when building the image");
        NoCacheFilter = flags.List("no-cache-filter", '\0', "Do not cache specified stages");
        Pull = flags.Switch("pull", '\0', "Always attempt to pull all referenced images");
        Target = flags.Text("target", '\0', "Set the target build stage to build");
        Platforms = flags.List("platform", '\0', "Set target platform for build");
        Labels = flags.List("label", '\0', "Set metadata for an image");
    }

    public ValueFlag<string> File { get; }

    public ListFlag Arguments { get; }

    public ListFlag Contexts { get; }

    public ListFlag Secrets { get; }

    public ListFlag Agents { get; }

    public ListFlag CacheFrom { get; }

    public ValueFlag<bool> NoCache { get; }

    public ListFlag NoCacheFilter { get; }

    public ValueFlag<bool> Pull { get; }

    public ValueFlag<string> Target { get; }

    public ListFlag Platforms { get; }

    public ListFlag Labels { get; }
}
