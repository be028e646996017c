using Boreal.Api.Images;
using Boreal.Build.Classic;
using Boreal.Daemon.Endpoints.Images;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>What a classic build says, as messages.</summary>
internal sealed class ClassicAnswer(ProgressAnswer answer) : IClassicOutput
{
    public void Stream(string text) => answer.Send(new ProgressMessage { Stream = text });

    public void Image(string id) => answer.Send(new ProgressMessage { Aux = new ProgressAux { Id = id } });
}
