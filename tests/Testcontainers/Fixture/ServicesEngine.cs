using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using DotNet.Testcontainers.Configurations;

[assembly: AssemblyFixture(typeof(Boreal.Tests.Testcontainers.Fixture.ServicesEngine))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Boreal.Tests.Testcontainers.Fixture;

/// <summary>The engine under Testcontainers: a published boreald, or the one at BOREAL_E2E_HOST, with the service images.</summary>
public sealed class ServicesEngine : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private BorealDaemon? _daemon;
    private DockerCli? _docker;

    public string Host => _docker?.Host ?? throw new InvalidOperationException("the engine was not started");

    public async ValueTask InitializeAsync()
    {
        Requirements.Root();
        // The reaper is an image that only a public registry has.
        TestcontainersSettings.ResourceReaperEnabled = false;
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
        await ServiceImages.ImportAsync(_docker);
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null) await _daemon.DisposeAsync();
        else if (_docker is not null) await ServiceImages.RemoveAsync(_docker);
        _directory.Dispose();
    }
}
