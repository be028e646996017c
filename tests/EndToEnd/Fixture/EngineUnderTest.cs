using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Images;
using Boreal.Tests.TestKit.Machine;

[assembly: AssemblyFixture(typeof(EngineUnderTest))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Boreal.Tests.EndToEnd.Fixture;

/// <summary>
/// The engine most tests share: a published boreald, with a busybox image and no containers. With BOREAL_E2E_HOST set it is
/// the engine at that address instead, so that the tests themselves can be held against real Docker.
/// </summary>
public sealed class EngineUnderTest : IAsyncLifetime
{
    public const string Image = "busybox:latest";

    private readonly TemporaryDirectory _directory = new();
    private BorealDaemon? _daemon;
    private DockerCli? _docker;

    public DockerCli Docker => _docker ?? throw new InvalidOperationException("the engine was not started");

    /// <summary>True when the tests run against another engine: what only concerns boreald is left out then.</summary>
    public static bool IsReference => Environment.GetEnvironmentVariable("BOREAL_E2E_HOST") is { Length: > 0 };

    public BorealDaemon Daemon => _daemon ?? throw new InvalidOperationException("the engine under test is not boreald");

    public async ValueTask InitializeAsync()
    {
        Requirements.Root();
        if (Environment.GetEnvironmentVariable("BOREAL_E2E_HOST") is { Length: > 0 } host)
        {
            _docker = new DockerCli(host, _directory.Path);
        }
        else
        {
            _daemon = new BorealDaemon();
            await _daemon.StartAsync();
            _docker = _daemon.Docker;
        }
        await ImportBusyboxAsync(_docker);
    }

    /// <summary>Gives an engine the image that all tests run.</summary>
    public static async Task ImportBusyboxAsync(DockerCli docker)
    {
        using var directory = new TemporaryDirectory();
        await using (var file = File.Create(directory.File("busybox.tar"))) await BusyboxImage.WriteAsync(file);
        await docker.OutputAsync("import", "--change", "CMD [\"sh\"]", directory.File("busybox.tar"), Image);
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null) await _daemon.DisposeAsync();
        else if (_docker is not null) await _docker.RunAsync("rmi", "-f", Image);
        _directory.Dispose();
    }
}
