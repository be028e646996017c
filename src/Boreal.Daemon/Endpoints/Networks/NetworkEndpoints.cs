using Boreal.Api.Networks;
using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;

namespace Boreal.Daemon.Endpoints.Networks;

/// <summary>Networks: list, inspect, create, remove, prune.</summary>
internal sealed class NetworkEndpoints(
    NetworkRegistry networks, ContainerRegistry containers, NetworkCreator creator, NetworkRemover remover, NetworkPruner pruner, TimeProvider time) : IEndpoints
{
    private static readonly ApiVersion ListsBriefly = new(1, 28);

    public void Map(RouteTable routes)
    {
        routes.Get("/networks", List);
        routes.Get("/networks/", List);
        routes.Get("/networks/{id*}", Inspect);
        routes.Post("/networks/create", CreateAsync);
        routes.Post("/networks/prune", PruneAsync);
        routes.Delete("/networks/{id*}", RemoveAsync);
    }

    private Task List(HttpContext context)
    {
        var query = new NetworkQuery(context.QueryFilters());
        var used = NetworkQuery.Used(containers);
        var shown = context.ApiVersion() < ListsBriefly ? containers : null;
        NetworkInspect[] found = [.. networks.List().Where(network => query.Matches(network, used)).Select(network => NetworkView.Describe(network, shown, context.ApiVersion()))];
        return context.AnswerJsonAsync(found, NetworksJsonContext.Default.IReadOnlyListNetworkInspect);
    }

    private Task Inspect(HttpContext context)
    {
        var verbose = context.QueryText("verbose");
        if (verbose is not ("" or "1" or "t" or "T" or "true" or "TRUE" or "True" or "0" or "f" or "F" or "false" or "FALSE" or "False"))
            throw new EngineException(ErrorKind.Invalid, $"invalid value for verbose: {verbose}: strconv.ParseBool: parsing \"{verbose}\": invalid syntax");
        var reference = context.RouteValue("id");
        var network = networks.Find(reference);
        if (context.QueryText("scope") is { Length: > 0 } scope && scope != network.Definition.Scope)
            throw new EngineException(ErrorKind.NotFound, $"network {reference} not found");
        return context.AnswerJsonAsync(NetworkView.Describe(network, containers, context.ApiVersion()), NetworksJsonContext.Default.NetworkInspect);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(NetworksJsonContext.Default.NetworkCreateRequest) ?? new NetworkCreateRequest();
        var network = await creator.CreateAsync(NetworkMapping.ToDefinition(request, time.GetUtcNow()));
        await context.AnswerJsonAsync(new NetworkCreateResponse { Id = network.Id }, NetworksJsonContext.Default.NetworkCreateResponse, StatusCodes.Status201Created);
    }

    private async Task RemoveAsync(HttpContext context)
    {
        await remover.RemoveAsync(networks.Find(context.RouteValue("id")));
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }

    private async Task PruneAsync(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("label", "label!", "until");
        if (filters.Get("until").Count > 1)
            throw new EngineException(ErrorKind.Invalid, "more than one until filter specified");
        var until = filters.Get("until").Select(text => TimeReference.Parse(text, time.GetUtcNow())).DefaultIfEmpty(DateTimeOffset.MaxValue).First();
        var removed = await pruner.PruneAsync(definition => definition.Created < until
            && filters.MatchesLabels("label", definition.Labels)
            && (!filters.Has("label!") || !filters.MatchesLabels("label!", definition.Labels)));
        await context.AnswerJsonAsync(new NetworksPruneResponse { NetworksDeleted = removed.Count == 0 ? null : removed }, NetworksJsonContext.Default.NetworksPruneResponse);
    }
}
