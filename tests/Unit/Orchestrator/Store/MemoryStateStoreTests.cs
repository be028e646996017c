using Boreal.Orchestrator.Store;

namespace Boreal.Tests.Unit.Orchestrator.Store;

public sealed class MemoryStateStoreTests : StateStoreContract
{
    protected override ValueTask<IStateStore> OpenAsync() => new(new MemoryStateStore());
}
