using System.Reflection;
using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Daemon.Apps;
using Boreal.Daemon.Endpoints.Apps;
using Boreal.Daemon.Http;
using Boreal.Tests.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Unit.Orchestrator;

/// <summary>The OpenAPI file says what the code does.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/apps.openapi.json"))).RootElement;

    [Fact]
    public async Task Paths_OfTheFile_AreThoseOfTheDaemon()
    {
        await using var host = new AppsHost("/nowhere", () => throw new InvalidOperationException(), () => throw new InvalidOperationException(), TimeProvider.System, NullLoggerFactory.Instance);
        var routes = new RouteTable();
        new AppEndpoints(host).Map(routes);
        new ServiceEndpoints(host).Map(routes);
        new UsageEndpoints(host, new IngressHost(new(), TimeProvider.System, NullLoggerFactory.Instance), () => throw new InvalidOperationException()).Map(routes);
        foreach (var path in Document.GetProperty("paths").EnumerateObject())
        {
            var asked = path.Name.Replace("{app}", "shop").Replace("{service}", "web");
            var methods = path.Value.EnumerateObject().Select(entry => entry.Name.ToUpperInvariant()).Where(name => name is not "PARAMETERS").Order();
            Assert.Equal(methods, ((string[])["DELETE", "GET", "POST", "PUT"]).Where(method => routes.Find(method, asked)?.Route.Template == path.Name));
        }
    }

    [Fact]
    public void Schemas_OfTheFile_AreTheTypes()
    {
        var types = typeof(AppSpec).Assembly.GetTypes().Where(type => type.Namespace == typeof(AppSpec).Namespace && type is { IsPublic: true, IsClass: true, IsAbstract: false } && !type.Name.EndsWith("Context"));
        foreach (var type in types)
        {
            Assert.True(Document.GetProperty("components").GetProperty("schemas").TryGetProperty(type.Name, out var schema), $"{type.Name} is not in the file");
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.Name);
            Assert.Equal(properties.Order(StringComparer.Ordinal), schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void States_OfTasks_KeepSwarmsNumbers() =>
        Assert.Equal(
            "New=0 Pending=64 Assigned=192 Accepted=256 Preparing=320 Ready=384 Starting=448 Running=512 Complete=576 Shutdown=640 Failed=704 Rejected=768 Remove=800 Orphaned=832",
            string.Join(' ', Enum.GetValues<TaskState>().Select(state => $"{state}={(int)state}")));

    [Fact]
    public void Spec_WithAFieldThatIsUnknown_IsRefused()
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"Replicas": 2, "Replica": 3}""", AppsJsonContext.Default.ServiceSpec));

        Assert.Contains("Replica", refused.Message);
    }

    [Fact]
    public void Spec_LeftEmpty_HasTheDefaults()
    {
        var spec = JsonSerializer.Deserialize("""{"Template": {"Image": "web"}}""", AppsJsonContext.Default.ServiceSpec) ?? throw new InvalidDataException();

        Assert.Equal((1, "replicated", "vip", "any", 30_000_000_000L), (spec.Replicas, spec.Mode, spec.EndpointMode, spec.Restart.Condition, spec.DrainTimeout));
        Assert.Equal((1, 0L, "pause", 5_000_000_000L, 0d, "stop-first"), (spec.Update.Parallelism, spec.Update.Delay, spec.Update.FailureAction, spec.Update.Monitor, spec.Update.MaxFailureRatio, spec.Update.Order));
    }
}
