namespace Boreal.Daemon.Http;

/// <summary>One noun's part of the API: a class whose constructor takes the engine objects it calls.</summary>
internal interface IEndpoints
{
    /// <summary>Adds this noun's routes, once, at start.</summary>
    void Map(RouteTable routes);
}
