using Boreal.Api.Apps;
using Boreal.Compose;
using Boreal.Compose.Planning;
using Boreal.Compose.Requests;

namespace Boreal.Tests.Unit.Compose.Planning;

public sealed class PlannerTests
{
    private const string App = """
        services:
          web: {image: web, depends_on: [db], networks: [front]}
          db: {build: ., volumes: ["data:/data"]}
        networks: {front: }
        volumes: {data: }
        """;

    [Fact]
    public void Make_FromNothing_MakesEverythingInOrder() => Assert.Equal(
        """
        Network p_default  Create
        Network p_front  Create
        Volume p_data  Create
        Image web  Pull
        Image p-db  Build
        Service db  Create  after Network p_default, Volume p_data, Image p-db
        Service web  Create  after Network p_front, Image web, Service db

        """,
        Sorted(Plan(App, new ObservedState())));

    [Fact]
    public void Make_AgainstItsOwnOutcome_ChangesNothing()
    {
        var plan = Plan(App, Converged(App));
        Assert.False(plan.HasChanges);
        Assert.Equal(["Service db  Keep", "Service web  Keep  after Service db"], Lines(plan));
    }

    [Theory]
    [InlineData("{image: web}", "{image: web, environment: {A: 1}}", "Recreate")]
    [InlineData("{image: web}", "{image: other}", "Recreate")]
    [InlineData("{image: web}", "{image: web, ports: [\"80\"]}", "Recreate")]
    [InlineData("{image: web, deploy: {replicas: 2}}", "{image: web, deploy: {replicas: 5}}", "Scale")]
    [InlineData("{image: web, deploy: {update_config: {order: stop-first}}}", "{image: web, deploy: {update_config: {order: stop-first}}}", "Keep")]
    public void Make_OfAChange_SaysWhatItMeans(string before, string after, string action) => Assert.Equal(
        action, Plan($"services: {{a: {after}}}", Converged($"services: {{a: {before}}}") with { Images = Images("web", "other") }).Steps.Single(step => step.Kind is "Service").Action.ToString());

    [Fact]
    public void Make_WithAScaleOption_OverridesTheFile()
    {
        var options = new PlanOptions { Scale = new Dictionary<string, int> { ["web"] = 4 } };
        var step = Plan(App, Converged(App), options).Steps.Single(step => step.Name is "web");
        Assert.Equal((PlanAction.Scale, 4), (step.Action, step.Service?.Replicas));
    }

    [Fact]
    public void Make_WhenTheAutoscalerOwnsTheNumber_LeavesIt()
    {
        const string text = "services: {a: {image: web, x-autoscale: {min: 1, max: 9}}}";
        var seen = Converged(text);
        seen = seen with { Services = new Dictionary<string, ServiceSpec> { ["a"] = seen.Services["a"] with { Replicas = 6 } } };
        Assert.Equal("Keep", Plan(text, seen).Steps.Single(step => step.Kind is "Service").Action.ToString());
    }

    [Fact]
    public void Make_WithForce_ReplacesAlthoughNothingChanged() =>
        Assert.All(Plan(App, Converged(App), new PlanOptions { ForceRecreate = true }).Steps, step => Assert.Equal(PlanAction.Recreate, step.Action));

    [Fact]
    public void Make_WithOrphans_RemovesThemWhenAsked()
    {
        var seen = Converged(App) with { ServicesOfContainers = new HashSet<string> { "web", "gone" } };
        Assert.DoesNotContain(Plan(App, seen).Steps, step => step.Action is PlanAction.Remove);
        Assert.Equal("gone", Plan(App, seen, new PlanOptions { RemovesOrphans = true }).Steps.Single(step => step.Action is PlanAction.Remove).Name);
    }

    [Theory]
    [InlineData("always", true, "Pull")]
    [InlineData("missing", false, "Pull")]
    [InlineData("missing", true, null)]
    [InlineData("never", true, null)]
    public void Make_OfAnImage_FollowsThePullPolicy(string policy, bool isThere, string? action)
    {
        var seen = new ObservedState { Images = isThere ? Images("web") : Images() };
        Assert.Equal(action, Plan($"services: {{a: {{image: web, pull_policy: {policy}}}}}", seen).Steps.FirstOrDefault(step => step.Kind is "Image")?.Action.ToString());
    }

    [Fact]
    public void Make_WithAnotherImageOfTheName_Recreates()
    {
        var seen = Converged(App) with { Images = new Dictionary<string, string> { ["web"] = "newer", ["p-db"] = "id of p-db" } };
        Assert.Equal(["Keep", "Recreate"], Plan(App, seen).Steps.Select(step => step.Action.ToString()));
    }

    [Fact]
    public void Make_WithoutAnExternalNetwork_IsAnError() => Assert.Contains(
        "network out declared as external", Assert.Throws<ComposeException>(() => Plan("services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true, name: out}}", new ObservedState())).Message, StringComparison.Ordinal);

    [Fact]
    public void Make_OfANamedContainerTwice_IsAnError() => Assert.Contains(
        "container_name", Assert.Throws<ComposeException>(() => Plan("services: {a: {image: x, container_name: c}}", new ObservedState(), new PlanOptions { Scale = new Dictionary<string, int> { ["a"] = 2 } })).Message, StringComparison.Ordinal);

    private static Plan Plan(string text, ObservedState seen, PlanOptions? options = null) => new Planner(LoadedProject.Of(text), seen, options ?? new PlanOptions()).Make();

    private static ObservedState Converged(string text)
    {
        var project = LoadedProject.Of(text);
        var resources = new ResourceRequests(project);
        return new ObservedState
        {
            Networks = resources.Networks().Values.ToDictionary(request => request.Name, request => request.Labels ?? new Dictionary<string, string>()),
            Volumes = resources.Volumes().Values.ToDictionary(request => request.Name ?? "", request => request.Labels ?? new Dictionary<string, string>()),
            Images = Images("web", "p-db"),
            Services = new ServiceRequests(project).All().ToDictionary(item => item.Key, item => Planner.WithImage(item.Value, $"id of {item.Value.Template.Image}")),
        };
    }

    private static Dictionary<string, string> Images(params string[] names) => names.ToDictionary(name => name, name => $"id of {name}");

    private static string[] Lines(Plan plan) => plan.Print().TrimEnd('\n').Split('\n');

    /// <summary>Networks of a project have no order.</summary>
    private static string Sorted(Plan plan) =>
        string.Concat(Lines(plan).Where(line => line.StartsWith("Network", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Concat(Lines(plan).Where(line => !line.StartsWith("Network", StringComparison.Ordinal))).Select(line => line + "\n"));
}
