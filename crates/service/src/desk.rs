//! Where the newest view lies for everybody.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

use record::Id;
use tokio::sync::watch;

use crate::view::View;

/// The newest view, and the bell that rings when there is a newer one.
#[derive(Debug)]
pub(crate) struct Desk {
    view: RwLock<Arc<View>>,
    head: watch::Sender<u64>,
}

impl Desk {
    pub(crate) fn new(view: View) -> Desk {
        let (head, _) = watch::channel(view.size);
        Desk { view: RwLock::new(Arc::new(view)), head }
    }

    fn slot(&self) -> RwLockWriteGuard<'_, Arc<View>> {
        // The slot is replaced whole: a thread that died with the lock left a good view in it.
        self.view.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Lays out a newer view of the record. Names stay those that are known by now.
    pub(crate) fn publish(&self, view: View) {
        let size = view.size;
        {
            let mut slot = self.slot();
            let names = Arc::clone(&slot.names);
            *slot = Arc::new(View { names, ..view });
        }
        self.head.send_replace(size);
    }

    /// Something beside the record changed that a page may show.
    pub(crate) fn ring(&self) {
        self.head.send_replace(self.view().size);
    }

    /// Says that nothing of the newest view may be believed.
    pub(crate) fn doubt(&self, why: &str) {
        let view = View::clone(&self.view());
        self.publish(View { doubt: Some(why.to_owned()), ..view });
    }

    /// A name became known.
    pub(crate) fn rename(&self, id: Id, name: &str) {
        self.change_names(|names| {
            names.insert(id, name.to_owned());
        });
    }

    /// A name was erased.
    pub(crate) fn forget_name(&self, id: Id) {
        self.change_names(|names| {
            names.remove(&id);
        });
    }

    fn change_names(&self, change: impl FnOnce(&mut BTreeMap<Id, String>)) {
        let size = {
            let mut slot = self.slot();
            let mut names: BTreeMap<Id, String> = (*slot.names).clone();
            change(&mut names);
            let view = View { names: Arc::new(names), ..View::clone(&slot) };
            *slot = Arc::new(view);
            slot.size
        };
        self.head.send_replace(size);
    }
}
