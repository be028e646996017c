using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Apps.Voting;

/// <summary>
/// The images of samples/voting-app, built of its Dockerfiles on bases out of Debian packages, and kept in artifacts until the sample
/// changes.
/// </summary>
internal static class VotingImages
{
    public static readonly string Sample = Path.Combine(Repository.Root, "samples", "voting-app");

    private const string Sdk = "mcr.microsoft.com/dotnet/sdk:10.0";
    private const string Debian = "debian:bookworm-slim";
    private static readonly string[] Names = ["vote", "result", "worker", "redis", "db", "seed", "load"];
    private static readonly string Archive = Path.Combine(Repository.Root, "artifacts", "voting-app.tar");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task ImportAsync(BorealDaemon daemon)
    {
        if (IsOutdated())
            await BuildAsync(daemon);
        else
            await daemon.Docker.Command("load", "--quiet", "--input", Archive).Within(Patience).OutputAsync();
    }

    private static bool IsOutdated() =>
        !File.Exists(Archive) || Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories).Any(file => File.GetLastWriteTimeUtc(file) > File.GetLastWriteTimeUtc(Archive));

    private static async Task BuildAsync(BorealDaemon daemon)
    {
        Requirements.Program("mmdebstrap", "mmdebstrap");
        using var directory = new TemporaryDirectory();
        var tree = directory.File("debian.tar");
        await Command.Of("mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates", "bookworm", tree).Within(Patience).OutputAsync();
        await daemon.Docker.OutputAsync("import", "--change", "CMD [\"bash\"]", tree, Debian);
        var dotnet = Path.GetDirectoryName(File.ResolveLinkTarget(Requirements.Program("dotnet", "dotnet-sdk-10.0"), returnFinalTarget: true)?.FullName ?? Requirements.Program("dotnet", "dotnet-sdk-10.0"));
        await Boreal(daemon, "build", "--quiet", "--tag", Sdk, "--file", "bases/dotnet-sdk.Dockerfile",
            "--build-context", $"dotnet={dotnet}", "--build-context", "certificates=/etc/ssl/certs", "bases").OutputAsync();
        await Boreal(daemon, "compose", "--profile", "*", "build").OutputAsync();
        await daemon.Docker.Command(["save", "--output", Archive, .. Names.Select(name => $"voting-{name}")]).Within(Patience).OutputAsync();
    }

    private static Command Boreal(BorealDaemon daemon, params string[] arguments) =>
        Command.Of(Repository.Binary("boreal"), ["-H", daemon.Docker.Host, .. arguments]).In(Sample).Within(Patience);
}
