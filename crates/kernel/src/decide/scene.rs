//! Scenes, safety meetings, the set, the roster.

use super::Judge;
use crate::event::Event;
use crate::people::{Day, Role};
use crate::reason::{Code, Reason, Thing};
use crate::scene::{OpenScene, Topics};
use crate::scope::{Moment, Scope};
use crate::unit::Unit;

impl<S: Scope> Judge<'_, S> {
    pub(super) fn roster_duty(&mut self, person: S::Person, role: Role, from: S::Time, until: S::Time) {
        self.keeps_the_register();
        self.known_person(person);
        self.refuse_if(Some(person) == self.by(), Code::RegisterOwnRoles);
        let longest = from.later_by(S::LONGEST_DUTY);
        self.refuse_if(until <= from || longest < until, Code::DutyHours);
        self.act(Event::DutyRostered { person, role, from, until });
    }

    /// Whoever handles guns is rostered for nothing else at this hour.
    pub(super) fn no_other_duty(&mut self) {
        if let Some(by) = self.by()
            && let Some(duty) = self.state.other_duty(by, self.now())
        {
            self.refuse(Reason::new(Code::DutyDouble).who(by).at(duty.until));
        }
    }

    fn runs_the_day(&mut self) {
        self.day_open();
        self.refuse_if(!self.my_roles().runs_the_day(), Code::RegisterNotAllowed);
    }

    pub(super) fn plan_scene(&mut self, scene: S::Scene, day: Option<Day>, blanks: bool) {
        self.runs_the_day();
        self.has_scenes();
        if let Some(open) = self.state.unit_that_shoots(scene).and_then(|unit| self.state.scene_of(unit)) {
            self.refuse(Reason::new(Code::SceneOpen).at(open.since));
        }
        self.act(Event::ScenePlanned { scene, day, blanks });
    }

    pub(super) fn open_scene(&mut self, scene: S::Scene, place: S::Place) {
        self.runs_the_day();
        self.has_scenes();
        self.not_held();
        self.not_wrapped();
        self.known(self.state.scenes.contains_key(&scene), Thing::Scene);
        self.place(place);
        self.place_of_my_unit(place);
        if let Some(open) = self.my_scene() {
            self.refuse(Reason::new(Code::SceneOpen).at(open.since));
        }
        self.no_other_unit_shoots(scene);
        self.act(Event::SceneOpened { scene, place, at: self.now() });
    }

    /// The scene that the unit of whoever asks shoots.
    pub(super) fn my_scene(&self) -> Option<OpenScene<S>> {
        self.state.scene_of(self.my_unit())
    }

    fn no_other_unit_shoots(&mut self, scene: S::Scene) {
        let shoots = self.state.unit_that_shoots(scene).filter(|unit| *unit != self.my_unit());
        if let Some(open) = shoots.and_then(|unit| self.state.scene_of(unit)) {
            self.refuse(Reason::new(Code::UnitSceneOpen).at(open.since));
        }
    }

    /// A range production has none, and that is what it says.
    pub(super) fn scene_open(&mut self) {
        self.has_scenes();
        self.refuse_if(self.my_scene().is_none() && !self.state.is_range(), Code::SceneNotOpen);
    }

    pub(super) fn close_scene(&mut self) {
        self.runs_the_day();
        self.scene_open();
        self.everything_in(Some(self.my_unit()));
        if let Some(open) = self.my_scene() {
            self.act(Event::SceneClosed { scene: open.scene, at: self.now() });
        }
    }

    pub(super) fn close_for_lunch(&mut self) {
        self.runs_the_day();
        self.everything_in(Some(self.my_unit()));
        self.act(self.break_of_my_unit(self.now()));
    }

    /// A break is of one unit: the others go on.
    pub(super) fn break_of_my_unit(&self, at: S::Time) -> Event<S> {
        match self.my_unit() {
            Unit::FIRST => Event::BreakBegan { at },
            unit => Event::UnitBreakBegan { unit, at },
        }
    }

    /// The day is the production's: it is wrapped once, when no unit shoots and everything of every unit is in.
    pub(super) fn wrap(&mut self) {
        self.runs_the_day();
        self.not_wrapped();
        for open in self.state.units.all().filter_map(|unit| self.state.scene_of(unit)) {
            self.refuse(Reason::new(Code::SceneOpen).at(open.since));
        }
        self.everything_in(None);
        self.name_open_requests();
        if let Some(day) = self.state.day {
            self.act(Event::DayWrapped { day, at: self.now() });
        }
        // Everything is locked away and nothing is checked after wrap: what was answered and never shown may be read.
        let closed: Vec<S::Gun> = self.state.guns.iter().filter(|(_, gun)| gun.sealed).map(|(id, _)| *id).collect();
        closed.into_iter().for_each(|gun| self.act(Event::AnswersOpened { gun }));
    }

    // Meetings.

    pub(super) fn hold_meeting(&mut self, scene: S::Scene, place: S::Place, topics: Topics) {
        self.day_open();
        self.refuse_if(!self.my_roles().leads_meetings(), Code::RegisterNotAllowed);
        self.has_scenes();
        self.known(self.state.scenes.contains_key(&scene), Thing::Scene);
        self.place(place);
        self.place_of_my_unit(place);
        self.refuse_if(!topics.are_whole(), Code::MeetingTopics);
        let Some(led_by) = self.by() else { return };
        let meeting = self.context.act;
        self.act(Event::MeetingHeld { meeting, scene, place, topics, led_by, at: self.context.earlier() });
    }

    /// Everybody may enter himself; the leader enters those who carry no phone.
    pub(super) fn attend_meeting(&mut self, meeting: S::Act, person: S::Person) {
        let held = self.state.meetings.get(&meeting).copied();
        self.known(held.is_some(), Thing::Meeting);
        self.known_person(person);
        let may = self.by() == Some(person) || held.is_some_and(|it| Some(it.led_by) == self.by());
        self.refuse_if(held.is_some() && !may, Code::MeetingNotYours);
        self.act(Event::MeetingAttended { meeting, person });
    }

    /// A meeting was held for the open scene where it is shot, and these people were there.
    pub(super) fn was_at_the_meeting(&mut self, person: Option<S::Person>) {
        self.scene_open();
        let unit = self.my_unit();
        if self.state.meetings_of(unit).next().is_none() {
            self.refuse_if(self.my_scene().is_some(), Code::MeetingNotHeld);
        } else if let Some(person) = person
            && !self.state.was_at_a_meeting_of(unit, person)
        {
            self.refuse(Reason::new(Code::MeetingNotThere).who(person));
        }
    }

    // The set.

    pub(super) fn call_to_set(&mut self, id: S::Gun) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.was_at_the_meeting(self.by());
        self.gun_is_free(id);
        let Some(gun) = self.gun(id) else { return };
        self.holds(&gun);
        self.works(id, &gun);
        if gun.kind.fires() {
            self.may_come_to_the_set();
        }
        if let Some(open) = self.my_scene() {
            self.act(Event::GunCalledToSet { gun: id, scene: open.scene, at: self.now() });
        }
    }

    pub(super) fn call_off_set(&mut self, id: S::Gun) {
        self.is_handler(Code::CustodyNotHandler);
        let Some(gun) = self.gun(id) else { return };
        self.holds(&gun);
        self.refuse_if(!gun.on_set, Code::SetNotCalled);
        self.act(Event::GunCalledOffSet { gun: id, at: self.now() });
    }
}
