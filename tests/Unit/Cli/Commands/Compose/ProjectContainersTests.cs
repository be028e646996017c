using Boreal.Api.Containers;
using Boreal.Cli.Commands.Compose;
using Boreal.Compose.Requests;

namespace Boreal.Tests.Unit.Cli.Commands.Compose;

public sealed class ProjectContainersTests
{
    [Theory]
    [InlineData("Up 2 seconds (healthy)", "healthy")]
    [InlineData("Up 2 seconds (health: starting)", "starting")]
    [InlineData("Up 2 hours (unhealthy)", "unhealthy")]
    [InlineData("Up 2 hours (Paused)", "")]
    [InlineData("Exited (3) 1 second ago", "")]
    public void Health_IsReadFromTheStatus(string status, string health) => Assert.Equal(health, ProjectColumns.Health(new ContainerSummary { Status = status }));

    [Theory]
    [InlineData("0123456789ab_p-web-1", "p-web-1")]
    [InlineData("p-web-1", "p-web-1")]
    [InlineData("my_long_name_1", "my_long_name_1")]
    public void FinalName_OfAContainer_IsWithoutItsId(string name, string expected) => Assert.Equal(expected, ContainerTale.FinalName(name));

    [Fact]
    public void Layers_OfContainers_FollowTheirDependencies()
    {
        var containers = new[] { Of("web", "api:service_started:false,db:service_healthy:true"), Of("db", ""), Of("api", "db:service_started:false"), Of("mail", "gone:service_started:false") };
        Assert.Equal(["db", "api mail", "web"], ContainerLayers.Of(containers, isReversed: false).Select(Names));
        Assert.Equal(["web", "api mail", "db"], ContainerLayers.Of(containers, isReversed: true).Select(Names));
    }

    private static string Names(IEnumerable<ContainerSummary> layer) => string.Join(' ', layer.Select(ProjectContainers.ServiceOf));

    private static ContainerSummary Of(string service, string dependencies) => new()
    {
        Names = [$"/p-{service}-1"], Labels = new Dictionary<string, string> { [ComposeLabels.Service] = service, [ComposeLabels.Dependencies] = dependencies },
    };
}
